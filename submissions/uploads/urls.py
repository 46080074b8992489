"""Addresses of uploads, under /api/v1/uploads/."""

from django.urls import path

from submissions.uploads import views

urlpatterns = [
    path("", views.uploads, name="api-uploads"),
    path("<uuid:token>/", views.upload, name="api-upload"),
]
