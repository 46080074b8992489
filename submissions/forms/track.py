"""The first step: unit, track and category."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.forms.base import Cards, DraftForm


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
