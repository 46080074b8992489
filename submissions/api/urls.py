"""Addresses of submissions for programs, under /api/v1/."""

from django.urls import path

from submissions.api import views

urlpatterns = [
    path("submissions/", views.submissions, name="api-submissions"),
    path("submissions/<int:pk>/", views.submission, name="api-submission"),
    path("submissions/<int:pk>/files/", views.AddFile.as_view(), name="api-add-file"),
    path("submissions/<int:pk>/submit/", views.submit, name="api-submit"),
    path("submissions/<int:pk>/reopen/", views.reopen, name="api-reopen"),
    path("submissions/<int:pk>/withdraw/", views.withdraw, name="api-withdraw"),
    path(
        "submissions/<int:pk>/inspections/", views.inspections, name="api-inspections"
    ),
    path("files/<int:pk>/remove/", views.remove_file, name="api-remove-file"),
]
