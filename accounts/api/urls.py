"""Addresses of signing in for programs, under /api/v1/."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("auth/agreements/", views.agreements, name="api-agreements"),
    path("auth/codes/", views.request_code, name="api-request-code"),
    path("auth/codes/again/", views.send_code_again, name="api-send-code-again"),
    path("auth/sign-in/", views.sign_in, name="api-sign-in"),
    path("auth/sign-out/", views.sign_out, name="api-sign-out"),
    path("auth/tokens/", views.tokens, name="api-tokens"),
    path("auth/tokens/<uuid:public_id>/revoke/", views.revoke, name="api-revoke-token"),
    path("me/", views.me, name="api-me"),
]
