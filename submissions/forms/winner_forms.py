"""The signed pages of a winner, and what an organiser says to them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.forms.rights import PAPER_TYPES, Papers, PapersField


class SignedPagesForm(forms.Form):
    pages = PapersField(
        label=_("The signed pages"),
        required=False,
        widget=Papers(attrs={"accept": PAPER_TYPES}),
    )


class SentFormForm(forms.Form):
    """Yes, or what is missing."""

    ACCEPT, SEND_BACK = "accept", "send_back"

    decision = forms.ChoiceField(
        label=_("What you found"),
        choices=[
            (ACCEPT, _("Every author has signed")),
            (SEND_BACK, _("Something is missing")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What is missing"),
        help_text=_("Needed when you send it back; the author reads it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
