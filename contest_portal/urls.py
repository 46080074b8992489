"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from contest_portal import health, preview

api = [
    path("", include("contests.api.urls")),
    path("", include("accounts.api.urls")),
    path("", include("submissions.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", include(api)),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.allauth_urls")),
    path("admin/", admin.site.urls),
    path("organiser/preview/", preview.choose_day, name="preview"),
    path("", include("contest_portal.desk.urls")),
    path("", include("contests.urls")),
    path("", include("notifications.urls")),
    path("", include("submissions.urls")),
    path("", include("judging.urls")),
    path("", include("outreach.urls")),
]

handler400 = "contest_portal.desk.views.bad_request"
handler403 = "contest_portal.desk.views.forbidden"
handler404 = "contest_portal.desk.views.not_found"
handler500 = "contest_portal.desk.views.failed"
