"""Addresses of contests and their rule books for programs, under /api/v1/."""

from django.urls import path

from contests.api import contests, views

urlpatterns = [
    path("contests/", contests.contests, name="api-contests"),
    path("rulebooks/<slug:digest>.json", views.rulebook, name="rulebook"),
    path("rulebooks/<slug:digest>/document.json", views.document, name="document"),
]
