"""What every step's form is: about one draft, under its own rule book."""

from django import forms
from django.utils.html import format_html, format_html_join

from contests.rulebook import RuleBook
from submissions.asked import asked_field
from submissions.media.codes import Code
from submissions.models import Submission

FIELD_OF_GAP = {
    Code.FRM_UNIT_MISSING: "unit",
    Code.FRM_TRACK_MISSING: "track",
    Code.FRM_CATEGORY_MISSING: "category",
    Code.FRM_TITLE_MISSING: "title",
    Code.FRM_STORY_MISSING: "story",
    Code.FRM_SUMMARY_MISSING: "text_summary",
    Code.FRM_GENRE_MISSING: "genre",
    Code.FRM_DATE_MISSING: "shot_on",
    Code.FRM_PLACE_MISSING: "shot_place",
    Code.FRM_ENTRANT_MISSING: "entrant_name",
    Code.FRM_ORGANISATION_MISSING: "organisation_name",
    Code.FRM_CODE_MISSING: "organisation_code",
    Code.FRM_TAG_MISSING: "tags",
    Code.FRM_AUTHORS_MISSING: "authors",
    Code.FRM_ROLE_MISSING: "authors",
    Code.FRM_AI_MISSING: "ai_use",
    Code.FRM_AI_UNEXPLAINED: "ai_note",
    Code.FRM_AI_BARRED: "ai_use",
    Code.FRM_AGE_MISSING: "author_age",
    Code.FRM_CHILDREN_MISSING: "shows_children",
    Code.FRM_GUARDIAN_MISSING: "guardian_name",
    Code.FRM_SCHOOL_MISSING: "school",
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

    def __init__(self, data=None, files=None, *, submission: Submission):
        self.submission = submission
        self.book: RuleBook = submission.rulebook_version.rulebook
        super().__init__(data, files, initial=self.stored())
        self.fit()

    def stored(self) -> dict:
        """What the draft says now."""
        return {name: getattr(self.submission, name) for name in self.base_fields}

    def fit(self):
        """Fit the fields to the contest's rule book."""

    def asked(self, name):
        """The rule book's question of that name, if this work is asked it."""
        return asked_field(self.submission, self.book, name)

    def keep_asked(self, *names):
        """Take away the fields that the rule book does not ask; mark the others."""
        for name in names:
            asked = self.asked(name)
            if asked is None:
                del self.fields[name]
                continue
            self.fields[name].may_be_empty = not asked.required
            self.fields[name].help_text = asked.hint or self.fields[name].help_text

    def add_gaps(self, gaps):
        """Say beside the fields what is still missing."""
        for gap in gaps:
            field = FIELD_OF_GAP.get(gap.code)
            if field in self.fields and not self.has_error(field):
                self.add_error(field, forms.ValidationError(gap.message, gap.code))
