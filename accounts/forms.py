"""What people type to come in, and their name."""

import unicodedata

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import phones
from contests.errors import RuleViolation


def as_form_error(refusal):
    """The sentence and the code of a refusal, to stand beside a field."""
    return ValidationError(refusal.message, code=refusal.code)


class PhoneField(forms.CharField):
    """A mobile number; cleans to E.164."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
    )

    def clean(self, value):
        value = super().clean(value)
        try:
            return phones.normalise(value)
        except RuleViolation as refusal:
            raise as_form_error(refusal) from refusal


class PhoneForm(forms.Form):
    """The number and one tick for each text to agree to before signing in."""

    phone = PhoneField(
        label=_("Mobile number"),
        max_length=40,
        error_messages={"required": _("Please enter your mobile number.")},
    )

    def __init__(self, *args, declarations=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.declarations = list(declarations)
        for declaration in self.declarations:
            self.fields[self._name(declaration)] = forms.BooleanField(
                label=declaration.label,
                required=declaration.required,
                error_messages={
                    "required": ValidationError(
                        _("Please tick this to go on. Your number stays filled in."),
                        code="consent_missing",
                    )
                },
            )

    def ticks(self):
        """Each declaration with its bound field."""
        return [(each, self[self._name(each)]) for each in self.declarations]

    def agreed(self):
        return [
            each for each in self.declarations if self.cleaned_data[self._name(each)]
        ]

    @staticmethod
    def _name(declaration):
        return f"agree_{declaration.key}"


class CodeForm(forms.Form):
    """The code from the message; spaces, dashes and full-width digits are fine."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Please enter the code from the message.")},
    )

    def __init__(self, *args, process=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.process = process

    def clean_code(self):
        code = only_digits(self.cleaned_data["code"])
        if len(code) != 6:
            raise ValidationError(
                _("The code has 6 digits. Please look at the message again."),
                code="code_malformed",
            )
        try:
            self.process.check(code)
        except RuleViolation as refusal:
            raise as_form_error(refusal) from refusal
        return code


def only_digits(text):
    """The digits of a code pasted with whatever stood around them."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign in "0123456789")


class PlainMixin:
    """Labels of ours, and nothing inside the fields that looks like an answer."""

    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class StaffForm(PlainMixin, account.LoginForm):
    labels = {"login": _("Username"), "password": _("Password")}


class ReauthenticateByPasswordForm(PlainMixin, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class ChangePasswordForm(PlainMixin, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }


class ActivateTOTPForm(PlainMixin, totp.ActivateTOTPForm):
    labels = {"code": _("Code of the app")}


class OneTimeMixin(PlainMixin):
    """An authenticator code opens once, however long its time runs."""

    labels = {"code": _("Code")}

    def clean_code(self):
        self.cleaned_data["code"] = only_digits(self.cleaned_data["code"])
        code = super().clean_code()
        if not cache.add(f"authenticator-code:{self.user.pk}:{code}", "used", 120):
            raise ValidationError(
                _("This code was used already. Wait for the next one in the app."),
                code="code_used",
            )
        return code


class AuthenticateForm(OneTimeMixin, mfa.AuthenticateForm):
    pass


class ReauthenticateForm(OneTimeMixin, mfa.ReauthenticateForm):
    pass


class NameForm(forms.Form):
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=30,
        required=False,
        help_text=_("As it shall stand beside your work and on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_full_name(self):
        """One kind of dot in names, no needless space."""
        name = " ".join(self.cleaned_data["full_name"].split())
        return name.translate(dict.fromkeys(map(ord, "．•・‧∙"), "·"))


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please enter your e-mail address.")},
    )


class EmailCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
        error_messages={"required": _("Please enter the code from the e-mail.")},
    )

    def clean_code(self):
        return only_digits(self.cleaned_data["code"])


class LeavingForm(forms.Form):
    """One tick for each accepted work that may stay, and one that all is meant."""

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = list(choices)
        for choice in self.choices:
            self.fields[self._name(choice)] = forms.BooleanField(
                label=choice.label, required=False, initial=True
            )
        self.fields["is_meant"] = forms.BooleanField(
            label=_("I understand that this cannot be undone."),
            error_messages={"required": _("Please tick this to go on.")},
        )

    def ticks(self):
        """The bound field of each work that may stay."""
        return [self[self._name(choice)] for choice in self.choices]

    def kept(self) -> list[int]:
        return [
            choice.submission_id
            for choice in self.choices
            if self.cleaned_data[self._name(choice)]
        ]

    @staticmethod
    def _name(choice):
        return f"keep_{choice.submission_id}"
