"""How bytes come in: whole with a form, or piece by piece with tus 1.0."""

from submissions.uploads.multipart import Receiver

__all__ = ["Receiver"]
