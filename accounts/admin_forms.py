"""What organisers fill in to appoint people and to help them."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User


class AppointmentForm(forms.ModelForm):
    """A role for a username; a first password opens a new account."""

    username = forms.CharField(
        label=_("Username"),
        max_length=64,
        validators=[
            RegexValidator(
                r"^[\w.-]+$",
                _("A username holds letters, digits, dots, - and _ only."),
            )
        ],
    )
    full_name = forms.CharField(label=_("Name"), max_length=30, required=False)
    password = forms.CharField(
        label=_("First password"),
        required=False,
        strip=False,
        help_text=_("For a new username: at least 12 characters. Hand it over safely."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Membership
        fields = ["contest", "role", "organisation"]

    def clean_password(self):
        return _strong(self.cleaned_data["password"])

    def _get_validation_exclusions(self):
        """Whether the role is held once and fits is the service's to say."""
        return super()._get_validation_exclusions() | {"user"}

    def validate_constraints(self):
        """See _get_validation_exclusions."""


class WorkAccountForm(forms.ModelForm):
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        help_text=_("Only if the old one is lost: at least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    forget_second_factor = forms.BooleanField(
        label=_("Forget the authenticator app"),
        required=False,
        help_text=_("Only if the phone is lost: the next sign-in sets it up anew."),
    )

    class Meta:
        model = User
        fields = ["full_name", "is_active"]

    def clean_new_password(self):
        return _strong(self.cleaned_data["new_password"], user=self.instance)


def _strong(password, user=None):
    if password:
        validate_password(password, user)
    return password
