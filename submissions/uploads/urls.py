"""Addresses of uploads, under /api/v1/uploads/."""

from django.urls import path

from submissions.uploads import hooks, views

urlpatterns = [
    path("", views.uploads, name="api-uploads"),
    path("tusd-hooks/", hooks.tusd, name="tusd-hooks"),
    path("<uuid:token>/", views.upload, name="api-upload"),
    # tusd puts a number of its own behind; where it stands is still asked here.
    path("<uuid:token>+<str:number>", views.upload_in_store, name="api-upload-tusd"),
]
