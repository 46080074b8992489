"""The captions of a series, beside its files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.forms.base import DraftForm
from submissions.validators import validate_caption


class CaptionsForm(DraftForm):
    """One caption for each file of a series."""

    def __init__(self, data=None, files=None, *, submission):
        self.media_files = list(submission.media_files.all())
        super().__init__(data, files, submission=submission)

    def stored(self):
        return {self.name_of(file): file.caption for file in self.media_files}

    @staticmethod
    def name_of(media_file):
        return f"caption-{media_file.pk}"

    def fit(self):
        asked = self.asked("captions")
        for file in self.media_files if asked else ():
            field = forms.CharField(
                label=_("Caption"),
                required=False,
                validators=[self._check_length],
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            field.may_be_empty = not asked.required
            field.max_length = self.book.defaults.caption_max_length
            self.fields[self.name_of(file)] = field

    def _check_length(self, caption):
        validate_caption(caption, self.book.defaults)

    def caption_of(self, media_file):
        """The bound field of one file; None where captions are not asked."""
        name = self.name_of(media_file)
        return self[name] if name in self.fields else None

    def captions(self):
        """(file, caption) of those sent along, valid and different."""
        for file in self.media_files:
            caption = self.cleaned_data.get(self.name_of(file))
            if self.name_of(file) in self.data and caption not in {None, file.caption}:
                yield file, caption
