"""What somebody types or picks to go on with a draft on a computer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import hand_off
from accounts.forms import only_digits


class CodeForm(forms.Form):
    """The digits on the computer's screen; spaces and full-width digits are fine."""

    code = forms.CharField(
        label=gettext_lazy("The 8 digits on the computer"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}
        ),
        error_messages={
            "required": gettext_lazy("Please enter the digits from the computer.")
        },
    )

    def clean_code(self):
        code = only_digits(self.cleaned_data["code"])
        if len(code) != hand_off.DIGITS:
            raise ValidationError(
                _("The code has 8 digits. Please look at the computer again."),
                code="code_malformed",
            )
        return code


class DraftChoice(forms.ModelChoiceField):
    def label_from_instance(self, draft):
        return draft.title or _("Untitled draft")


class DraftForm(forms.Form):
    draft = DraftChoice(
        label=gettext_lazy("Which draft shall open there?"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a draft.")},
    )

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["draft"].queryset = drafts
