"""Addresses of the screening desk, its figures, and originals that were asked for."""

from django.urls import path

from submissions.views import (
    bulk,
    likenesses,
    originals,
    retention,
    screening,
    statistics,
)

urlpatterns = [
    path("screening/", screening.queue, name="screening-queue"),
    path("screening/bulk/", bulk.confirm, name="screening-bulk"),
    path("screening/bulk/decide/", bulk.decide, name="screening-bulk-decide"),
    path("screening/bulk/done/", bulk.done, name="screening-bulk-done"),
    path("screening/overdue/", statistics.overdue, name="screening-overdue"),
    path("statistics/", statistics.counts, name="statistics"),
    path("retention/", retention.prospect, name="retention"),
    path(
        "statistics/exports/<slug:what>.<slug:form>",
        statistics.export,
        name="screening-export",
    ),
    path("screening/<int:pk>/", screening.screen, name="screening"),
    path("screening/<int:pk>/claim/", screening.claim, name="screening-claim"),
    path("screening/<int:pk>/release/", screening.release, name="screening-release"),
    path(
        "screening/<int:pk>/take-over/",
        screening.take_over,
        name="screening-take-over",
    ),
    path(
        "screening/<int:pk>/original/",
        screening.ask_for_original,
        name="screening-original",
    ),
    path(
        "screening/<int:pk>/like/<int:other_pk>/",
        likenesses.rule,
        name="screening-likeness",
    ),
    path(
        "original-requests/<int:pk>/close/",
        screening.close_original,
        name="close-original",
    ),
    path("submissions/<int:pk>/original/", originals.original, name="original"),
]
