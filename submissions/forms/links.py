"""The files step: captions of files, and the share text of a work of links."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.asked import asked_links
from submissions.forms.captions import CaptionsForm
from submissions.services.links import TEXT_MAX_LENGTH


class FilesForm(CaptionsForm):
    """Captions, and where the category asks for it, addresses to add."""

    def stored(self):
        return super().stored() | {"links": ""}

    def fit(self):
        super().fit()
        self.limit = asked_links(self.submission, self.book)
        if self.limit is None:
            return
        self.fields["links"] = forms.CharField(
            label=_("Paste the whole share text here"),
            required=False,
            max_length=TEXT_MAX_LENGTH,
            help_text=_(
                "On %(site)s open your work, tap Share, then copy the link. The "
                "address is found in what you paste; nothing else of it is kept."
            )
            % {"site": self.limit.site},
            widget=forms.Textarea(
                attrs={"rows": 4, "autocomplete": "off", "data-sent-once": True}
            ),
        )

    def shared_text(self) -> str:
        """What was pasted, once a button is pressed; saving meanwhile adds nothing."""
        is_meant = "go" in self.data or "do" in self.data
        return self.cleaned_data.get("links", "") if is_meant else ""
