"""Addresses of what joins several apps."""

from django.urls import include, path

from contest_portal.desk import home, landing, overview, styleguide, views

urlpatterns = [
    path("", home.home, name="home"),
    path("h5/", landing.landing, name="landing"),
    path("organiser/", overview.overview, name="organiser"),
    path("large-text/", views.large_text, name="large-text"),
    path("style/", styleguide.style, name="style"),
    path("style/<slug:part>/", styleguide.style, name="style-part"),
    path("i18n/", include("django.conf.urls.i18n")),
]
