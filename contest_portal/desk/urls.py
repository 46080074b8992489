"""Addresses of what joins several apps."""

from django.urls import include, path

from contest_portal.desk import home, overview, styleguide, views

urlpatterns = [
    path("", home.home, name="home"),
    path("organiser/", overview.overview, name="organiser"),
    path("large-text/", views.large_text, name="large-text"),
    path("style/", styleguide.style, name="style"),
    path("style/<slug:part>/", styleguide.style, name="style-part"),
    path("i18n/", include("django.conf.urls.i18n")),
]
