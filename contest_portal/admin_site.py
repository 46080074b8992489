"""The admin site, behind the same second factor as every staff page."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    """Nobody signs in here: the staff page does it, with the authenticator's code."""

    site_header = _("Raw records")
    site_title = _("Raw records")
    index_title = _("What the portal has stored")

    def login(self, request, extra_context=None):
        """Lead to the staff page; to those who have no desk here it does not exist."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return self._lead_on(request)

    @method_decorator(secure_admin_login)
    def _lead_on(self, request):
        """Django's own form stays shut: it would let a password alone through."""
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
