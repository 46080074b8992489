"""Facts about people for the apps above. Sent inside the transaction."""

from django.dispatch import Signal

export_ready = Signal()  # export
