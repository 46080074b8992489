"""Addresses of the rule book for programs, under /api/v1/."""

from django.urls import path

from contests.api import views

urlpatterns = [
    path("rulebooks/<slug:digest>.json", views.rulebook, name="rulebook"),
]
