from django.urls import path

from accounts import own_data_views, views

app_name = "accounts"
urlpatterns = [
    path("staff/", views.staff_sign_in, name="staff"),
    path("login/again/", views.send_again, name="send-again"),
    path("start/", views.start, name="start"),
    path("me/", views.me, name="me"),
    path("data/", own_data_views.data, name="own-data"),
    path("data/export/", own_data_views.ask_for_export, name="ask-for-export"),
    path("data/export/<uuid:token>/", own_data_views.fetch_export, name="fetch-export"),
    path("leave/", own_data_views.leave, name="leave"),
    path("leave/confirm/", own_data_views.confirm_leaving, name="leave-confirm"),
    path("left/", own_data_views.left, name="left"),
    path("tokens/<uuid:public_id>/revoke/", views.revoke_token, name="revoke-token"),
]
