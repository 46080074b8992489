"""Addresses of what people were told, and of the organisers' outbox."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/<int:pk>/", views.follow, name="follow"),
    path("messages/read/", views.read_all, name="read-all"),
    path("messages/settings/", views.channels, name="settings"),
    path("messages/settings/email/", views.give_email, name="give-email"),
    path("messages/settings/email/code/", views.prove_email, name="prove-email"),
    path("messages/settings/email/remove/", views.remove_email, name="remove-email"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/wording/", views.wording, name="wording"),
    path("outbox/policy/", views.policy, name="policy"),
    path("outbox/release/", views.release_held, name="release-held"),
    path("outbox/<int:pk>/", views.delivery, name="delivery"),
    path("outbox/<int:pk>/<slug:verb>/", views.move, name="move"),
]
