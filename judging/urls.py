"""Addresses of the organiser's rounds and of the public results."""

from django.urls import path

from judging import views

app_name = "judging"

urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/open/<int:stage_pk>/", views.open_round, name="open"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/take-in/", views.take_in, name="take-in"),
    path("rounds/<int:pk>/judges/", views.assign_judges, name="assign"),
    path(
        "rounds/<int:pk>/judges/<int:judge_pk>/release/",
        views.release_judge,
        name="release",
    ),
    path("rounds/<int:pk>/start/", views.start, name="start"),
    path("rounds/<int:pk>/close/", views.close, name="close"),
    path("rounds/<int:pk>/select/", views.select, name="select"),
    path("rounds/<int:pk>/unselect/", views.unselect, name="unselect"),
    path("rounds/<int:pk>/counts/<int:kind_pk>/", views.set_count, name="count"),
    path("rounds/<int:pk>/awards/", views.award_works, name="award-works"),
    path("rounds/<int:pk>/awards/others/", views.award_other, name="award-other"),
    path(
        "rounds/<int:pk>/awards/<int:award_pk>/take-back/",
        views.take_back,
        name="take-back",
    ),
    path("rounds/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("rounds/<int:pk>/publish/", views.publish, name="publish"),
    path("rounds/<int:pk>/award-list.xlsx", views.award_list, name="award-list"),
    path("rounds/<int:pk>/scores.xlsx", views.scores, name="scores"),
    path("results/", views.results, name="results"),
]
