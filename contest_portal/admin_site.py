"""The admin site, behind the same second factor as every staff page."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin


class PortalAdminSite(admin.AdminSite):
    """Sign-in goes through allauth, so that the second factor is always asked."""

    login = secure_admin_login(admin.AdminSite.login)
