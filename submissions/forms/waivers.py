"""Forms of a request for an exception, and of its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.forms.base import SuggestingInput
from submissions.models import Waiver
from submissions.services.waivers import LONGEST_S

MINUTE = 60


class _Minutes(forms.IntegerField):
    """Whole minutes, cleaned to seconds."""

    def __init__(self, **options):
        super().__init__(min_value=1, max_value=LONGEST_S // MINUTE, **options)

    def clean(self, value):
        minutes = super().clean(value)
        return None if minutes is None else minutes * MINUTE


class LongerFilmForm(forms.Form):
    """Why a film is longer than the rule book says, and how long it is."""

    duration_s = _Minutes(
        label=_("How many minutes long is the film?"),
        help_text=_("Please round up: 18 min 20 s are 19 minutes."),
    )
    reason = forms.CharField(
        label=_("Why is it longer?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    genre = forms.CharField(label=_("Genre"), max_length=40, required=False)
    sample_url = forms.URLField(
        label=_("Link to a sample"),
        help_text=_("A trailer or a cut that the committee can watch in a browser."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    def __init__(self, *args, genres=(), **options):
        super().__init__(*args, **options)
        self.fields["genre"].widget = SuggestingInput(genres)


class LateEntryForm(forms.Form):
    """Why a work comes after the deadline."""

    reason = forms.CharField(
        label=_("What kept you?"),
        help_text=_("When you could hand in the work helps the committee to answer."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class LabelForm(forms.Form):
    """Why a picture labelled as made with AI is a photograph all the same."""

    reason = forms.CharField(
        label=_("How was the picture taken, and how did the label get into it?"),
        help_text=_("Please keep the camera's own file; the committee may ask for it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


ASKING = {
    Waiver.Kind.DURATION: LongerFilmForm,
    Waiver.Kind.LATE_ENTRY: LateEntryForm,
    Waiver.Kind.LABEL: LabelForm,
}


# How far an answer goes, by the kind of request that needs it.
EXTENTS = {"duration_s": Waiver.Kind.DURATION, "until": Waiver.Kind.LATE_ENTRY}


class AnswerForm(forms.Form):
    """Yes with its extent, or no with its reason."""

    GRANT, REFUSE = "grant", "refuse"

    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=[(GRANT, _("Agree")), (REFUSE, _("Refuse"))],
        widget=forms.RadioSelect,
    )
    duration_s = _Minutes(label=_("Agreed length in minutes"), required=False)
    until = forms.DateField(
        label=_("Last day, until 24:00"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    answer = forms.CharField(
        label=_("What the entrant reads"),
        help_text=_("Needed when you refuse; otherwise it may stay empty."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, kind, **options):
        super().__init__(*args, **options)
        for name, concerns in EXTENTS.items():
            if kind != concerns:
                del self.fields[name]

    def extent(self):
        """What a grant opens, as the service takes it."""
        names = EXTENTS.keys() & self.cleaned_data.keys()
        return {name: self.cleaned_data[name] for name in names}
