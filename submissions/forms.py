"""The wizard's forms and the reviewer's. A draft may lack anything: what is required
is asked by completeness, when one goes on and when the work is handed in."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from contests.rulebook import RuleBook
from submissions.asked import asked_declarations
from submissions.media.codes import Code
from submissions.models import Submission
from submissions.states import Decision
from submissions.validators import (
    validate_authors,
    validate_caption,
    validate_story,
    validate_title,
)

FIELD_OF_GAP = {
    Code.FRM_UNIT_MISSING: "unit",
    Code.FRM_TRACK_MISSING: "track",
    Code.FRM_CATEGORY_MISSING: "category",
    Code.FRM_TITLE_MISSING: "title",
    Code.FRM_ENTRANT_MISSING: "entrant_name",
    Code.FRM_ORGANISATION_MISSING: "organisation_name",
    Code.FRM_AUTHORS_MISSING: "authors",
    Code.FRM_SCHOOL_MISSING: "school",
    Code.FRM_AI_MISSING: "ai_use",
}


class Cards(forms.RadioSelect):
    """Radio buttons with a sentence each; the template lays them out as cards."""

    def __init__(self, hints=None):
        super().__init__()
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class SuggestingInput(forms.TextInput):
    """Free text with a list to choose from, for lists that the notice leaves open."""

    def __init__(self, suggestions=()):
        super().__init__()
        self.suggestions = list(suggestions)

    def render(self, name, value, attrs=None, renderer=None):
        list_id = f"{name}-suggestions"
        field = super().render(name, value, (attrs or {}) | {"list": list_id}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((each,) for each in self.suggestions)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class DraftForm(forms.Form):
    """A step of the wizard, about one submission under its own rule book."""

    def __init__(self, data=None, *, submission: Submission):
        self.submission = submission
        self.book: RuleBook = submission.rulebook_version.rulebook
        super().__init__(data, initial=self.stored())
        self.fit()

    def stored(self) -> dict:
        """What the draft says now."""
        return {name: getattr(self.submission, name) for name in self.base_fields}

    def fit(self):
        """Fit the fields to the contest's rule book."""

    def add_gaps(self, gaps):
        """Say beside the fields what is still missing."""
        for gap in gaps:
            field = FIELD_OF_GAP.get(gap.code)
            if field in self.fields and not self.has_error(field):
                self.add_error(field, forms.ValidationError(gap.message, gap.code))


class KeyedChoice(forms.ModelChoiceField):
    def __init__(self, label):
        super().__init__(
            queryset=None,
            label=label,
            to_field_name="key",
            required=False,
            empty_label=None,
            widget=Cards(),
        )


class TrackForm(DraftForm):
    unit = KeyedChoice(_("Unit"))
    track = KeyedChoice(_("Track"))
    category = KeyedChoice(_("Kind of work"))

    def stored(self):
        chosen = {name: getattr(self.submission, name) for name in self.base_fields}
        return {name: part.key for name, part in chosen.items() if part}

    def fit(self):
        contest = self.submission.contest
        for name, rows, parts in (
            ("unit", contest.units, self.book.units),
            ("track", contest.tracks, self.book.tracks),
            ("category", contest.categories, self.book.categories),
        ):
            field = self.fields[name]
            field.queryset = rows.all()
            field.widget.hints = {part.key: part.summary for part in parts}


class CaptionsForm(DraftForm):
    """One caption for each file of a series."""

    def __init__(self, data=None, *, submission):
        self.media_files = list(submission.media_files.all())
        super().__init__(data, submission=submission)

    def stored(self):
        return {self.name_of(file): file.caption for file in self.media_files}

    @staticmethod
    def name_of(media_file):
        return f"caption-{media_file.pk}"

    def fit(self):
        for file in self.media_files:
            field = forms.CharField(
                label=_("Caption"),
                required=False,
                validators=[self._check_length],
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            field.max_length = self.book.defaults.caption_max_length
            self.fields[self.name_of(file)] = field

    def _check_length(self, caption):
        validate_caption(caption, self.book.defaults)

    def captions(self):
        """(file, caption) of those sent along, valid and different."""
        for file in self.media_files:
            caption = self.cleaned_data.get(self.name_of(file))
            if self.name_of(file) in self.data and caption not in {None, file.caption}:
                yield file, caption


class StoryForm(DraftForm):
    title = forms.CharField(label=_("Title of the work"), required=False)
    story = forms.CharField(
        label=_("The story"),
        required=False,
        help_text=_("Whom and what it shows, in a few plain sentences."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    genre = forms.CharField(label=_("Genre"), required=False, max_length=40)
    shot_on = forms.DateField(
        label=_("Day of shooting"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    shot_place = forms.CharField(
        label=_("Place of shooting"), required=False, max_length=120
    )
    entrant = forms.ChoiceField(
        label=_("Who hands this in?"),
        required=False,
        choices=Submission.Entrant,
        widget=forms.RadioSelect,
    )
    entrant_name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=60,
        help_text=_("So that we know whom to write to."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation_name = forms.CharField(
        label=_("Name of the organisation"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    school = forms.CharField(
        label=_("University"),
        required=False,
        max_length=120,
        help_text=_("Choose from the list; if yours is not on it, write its name."),
    )
    authors = forms.CharField(
        label=_("Credits"),
        required=False,
        help_text=_("One name a line, in the order in which they are shown."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ai_use = forms.ChoiceField(
        label=_("Was AI used for the work?"),
        required=False,
        choices=Submission.AiUse,
        widget=forms.RadioSelect,
    )
    ai_note = forms.CharField(
        label=_("What was made with AI?"), required=False, max_length=400
    )

    def stored(self):
        names = [author.name for author in self.submission.authors.all()]
        fields = [name for name in self.base_fields if name != "authors"]
        stored = {name: getattr(self.submission, name) for name in fields}
        return stored | {"authors": "\n".join(names) or stored["entrant_name"]}

    def fit(self):
        defaults = self.book.defaults
        category = self.submission.category and self.book.category(
            self.submission.category.key
        )
        genres = (category and category.genres) or self.book.genres
        self.fields["genre"].widget = SuggestingInput(genres)
        self.fields["school"].widget = SuggestingInput(self.book.schools)
        self.fields["ai_use"].help_text = self.book.ai_policy
        self.fields["title"].max_length = defaults.title_max_length
        self.fields["story"].max_length = defaults.story_max_length
        for name in ("genre", "shot_place", "entrant_name", "organisation_name"):
            # A browser would cut off silently what is pasted.
            self.fields[name].widget.attrs.pop("maxlength", None)
        if not (self.submission.track and self.submission.track.needs_school):
            del self.fields["school"]

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        validate_title(title, self.book.defaults)
        return title

    def clean_story(self):
        story = self.cleaned_data["story"].replace("\r\n", "\n")
        validate_story(story, self.book.defaults)
        return story

    def clean_authors(self):
        lines = self.cleaned_data["authors"].splitlines()
        names = [name for line in lines if (name := line.strip())]
        validate_authors(names, self.book.defaults)
        return names

    def details(self) -> dict:
        """What update_draft takes: the valid part of the fields sent along."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "authors" and not (name == "entrant" and not value)
        }


class RightsForm(DraftForm):
    """A tick for each declaration that this work's category and track ask for."""

    def stored(self):
        return dict.fromkeys(
            (f"declare-{made.key}" for made in self.submission.declarations.all()), True
        )

    def fit(self):
        self.declarations = asked_declarations(self.submission, self.book)
        for declaration in self.declarations:
            self.fields[f"declare-{declaration.key}"] = forms.BooleanField(
                label=declaration.label,
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "consent-input"}),
            )

    def groups(self):
        """(heading, [(declaration, bound field)]) in the rule book's order."""
        groups = {}
        for declaration in self.declarations:
            pair = (declaration, self[f"declare-{declaration.key}"])
            groups.setdefault(declaration.group, []).append(pair)
        return list(groups.items())

    def ticked(self) -> set[str]:
        return {
            declaration.key
            for declaration in self.declarations
            if self.cleaned_data.get(f"declare-{declaration.key}")
        }

    def add_gaps(self, gaps):
        for declaration in self.declarations:
            field = f"declare-{declaration.key}"
            if declaration.required and declaration.key not in self.ticked():
                message = _("Please tick this, or write to us if you cannot.")
                self.add_error(
                    field,
                    forms.ValidationError(message, Code.FRM_DECLARATION_MISSING),
                )


class ScreeningForm(forms.Form):
    """A reviewer's decision; what it must rest on, the service knows."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision, widget=forms.RadioSelect
    )
    reason_key = forms.ChoiceField(
        label=_("Reason"), required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=500,
        help_text=_("Replaces the sentence of the reason; the entrant reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data=None, *, book: RuleBook):
        super().__init__(data)
        self.fields["reason_key"].choices = [
            (reason.key, reason.text) for reason in book.review_reasons
        ]
        self.reasons = book.review_reasons

    def reason_groups(self):
        """(decision, [radio]) for each decision that has reasons."""
        decision_of = {reason.key: reason.decision for reason in self.reasons}
        groups = {}
        for radio in self["reason_key"]:
            decision = Decision(decision_of[radio.data["value"]])
            groups.setdefault(decision, []).append(radio)
        return list(groups.items())
