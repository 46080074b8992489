"""The third step: the story, who hands it in, who is credited, and the use of AI."""

from itertools import zip_longest

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.queries import organisations_of
from submissions.credits import Credit, rearranged
from submissions.forms.base import DraftForm, SuggestingInput
from submissions.models import Submission
from submissions.validators import (
    clean_organisation_code,
    validate_authors,
    validate_roles,
    validate_story,
    validate_summary,
    validate_title,
)


class CreditRows(forms.Widget):
    """Reads the repeated inputs author_name and author_role; a template draws them."""

    def value_from_datadict(self, data, files, name):
        if "author_name" not in data:
            return None
        pairs = zip_longest(
            data.getlist("author_name"), data.getlist("author_role"), fillvalue=""
        )
        return [Credit(name.strip(), role.strip()) for name, role in pairs]


class CreditsField(forms.Field):
    widget = CreditRows

    def has_changed(self, initial, data):
        return initial != data


class StoryForm(DraftForm):
    title = forms.CharField(label=_("Title of the work"), required=False)
    story = forms.CharField(
        label=_("The story"),
        required=False,
        help_text=_("Whom and what it shows, in a few plain sentences."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    text_summary = forms.CharField(
        label=_("The film in words"),
        required=False,
        help_text=_("What is seen and heard, for those who cannot see or hear it."),
        widget=forms.Textarea(attrs={"rows": 4}),
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
    organisation = forms.ModelChoiceField(
        queryset=None,
        label=_("Organisation you act for"),
        required=False,
        empty_label=_("Another one"),
    )
    organisation_name = forms.CharField(
        label=_("Name of the organisation"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_code = forms.CharField(
        label=_("Unified social credit code"),
        required=False,
        help_text=_("18 characters, on the organisation's certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    tags = forms.MultipleChoiceField(
        label=_("I am"), required=False, widget=forms.CheckboxSelectMultiple
    )
    authors = CreditsField(
        label=_("Credits"),
        required=False,
        help_text=_("In the order in which they are shown."),
    )
    ai_use = forms.ChoiceField(
        label=_("Was AI used for the work?"),
        required=False,
        choices=Submission.AiUse,
        widget=forms.RadioSelect,
    )
    ai_note = forms.CharField(
        label=_("What was made with AI?"),
        required=False,
        max_length=400,
        help_text=_("For example the music, a voice, a background; and with what."),
    )

    def stored(self):
        authors = [
            Credit(author.name, author.role) for author in self.submission.authors.all()
        ]
        fields = [name for name in self.base_fields if name != "authors"]
        stored = {name: getattr(self.submission, name) for name in fields}
        return stored | {"authors": authors or [Credit(stored["entrant_name"])]}

    def fit(self):
        self.fit_organisation()
        self.keep_asked(
            *("story", "text_summary", "genre", "shot_on", "shot_place", "tags"),
        )
        self.fit_lists()
        defaults = self.book.defaults
        self.fields["ai_use"].help_text = self.book.ai_policy
        self.fields["title"].max_length = defaults.title_max_length
        for name, length in (
            ("story", defaults.story_max_length),
            ("text_summary", defaults.summary_max_length),
        ):
            if name in self.fields:
                self.fields[name].max_length = length
                self.fields[name].spaces_are_free = True
        for field in self.fields.values():
            # A browser would cut off silently what is pasted.
            field.widget.attrs.pop("maxlength", None)

    def fit_organisation(self):
        """Only where organisations may enter; the list only for those on it."""
        own = organisations_of(self.submission.author, self.submission.contest)
        self.fields["organisation"].queryset = own
        self.keep_asked("organisation_code", "organisation")
        if "organisation" not in self.fields:
            for name in ("entrant", "organisation_name", "organisation_code"):
                self.fields.pop(name, None)
        elif not own.exists():
            del self.fields["organisation"]

    def fit_lists(self):
        category = self.submission.category and self.book.category(
            self.submission.category.key
        )
        if "genre" in self.fields:
            genres = (category and category.genres) or self.book.genres
            self.fields["genre"].widget = SuggestingInput(genres)
        if "tags" in self.fields:
            self.fields["tags"].choices = [
                (tag.key, tag.name) for tag in self.book.entrant_tags
            ]
        roles = self.asked("author_roles")
        self.asks_for_roles = roles is not None
        if roles and roles.hint:
            self.fields["authors"].help_text = roles.hint

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        validate_title(title, self.book.defaults)
        return title

    def clean_story(self):
        story = self.cleaned_data["story"].replace("\r\n", "\n")
        validate_story(story, self.book.defaults)
        return story

    def clean_text_summary(self):
        summary = self.cleaned_data["text_summary"].replace("\r\n", "\n")
        validate_summary(summary, self.book.defaults)
        return summary

    def clean_organisation_code(self):
        return clean_organisation_code(self.cleaned_data["organisation_code"])

    def clean_authors(self):
        """Rows as the pressed button arranges them, empty ones left out."""
        rows = self.cleaned_data["authors"]
        if rows is None:
            return None
        rows = [row for row in rearranged(rows, self.data.get("do", "")) if any(row)]
        if any(not row.name for row in rows):
            raise ValidationError(
                _("There is a role without a name. Please add the name."),
                code="name_missing",
            )
        validate_authors([row.name for row in rows], self.book.defaults)
        validate_roles([row.role for row in rows])
        return rows

    def credit_rows(self) -> list[Credit]:
        """The rows to show: as typed, else as stored, at least one."""
        return list(self["authors"].value() or [Credit("")])

    def details(self) -> dict:
        """What update_draft takes: the valid part of the fields sent along."""
        details = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "authors" and not (name == "entrant" and not value)
        }
        if details.get("organisation"):
            details["organisation_name"] = details["organisation"].name
        return details
