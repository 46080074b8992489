"""The admin site, behind the same second factor as every staff page."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "contest_portal.admin_site.PortalAdminSite"
