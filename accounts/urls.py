from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("staff/", views.staff_sign_in, name="staff"),
    path("login/again/", views.send_again, name="send-again"),
    path("start/", views.start, name="start"),
    path("me/", views.me, name="me"),
    path("tokens/<uuid:public_id>/revoke/", views.revoke_token, name="revoke-token"),
]
