"""The admin site, behind the same second factor as every staff page."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    """Nobody signs in here: the staff page does it, with the authenticator's code."""

    site_header = _("Raw records")
    site_title = _("Raw records")
    index_title = _("What the portal has stored")

    def login(self, request, extra_context=None):
        """Lead to the staff page; to those who hold no desk here it does not exist."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return self._lead_on(request, extra_context)

    @method_decorator(secure_admin_login)
    def _lead_on(self, request, extra_context):
        return super().login(request, extra_context)
