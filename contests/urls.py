"""Addresses of the rule book's pages."""

from django.urls import path

from contests import views

app_name = "contests"
urlpatterns = [
    path("notice/", views.notice, name="notice"),
    path("units/<slug:key>/", views.unit, name="unit"),
    path("texts/<slug:key>/", views.text, name="text"),
    path("pictures/<slug:sha256>/<str:name>", views.picture, name="picture"),
]
