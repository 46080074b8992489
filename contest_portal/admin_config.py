"""Names the portal's own admin site to Django."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "contest_portal.admin_site.PortalAdminSite"
