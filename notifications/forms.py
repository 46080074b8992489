"""What people choose about being told."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChannelsForm(forms.Form):
    by_sms = forms.BooleanField(label=_("By SMS"), required=False)
    by_email = forms.BooleanField(label=_("By e-mail"), required=False)
