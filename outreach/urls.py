"""Addresses of the programme: the centre's table, the desk, the papers, the public."""

from django.urls import path

from outreach.views import deciding, filling, papers, planning, public

app_name = "outreach"

urlpatterns = [
    # The centre's own table
    path("recommendation/", filling.recommendation, name="recommendation"),
    path("recommendation/print/", filling.save_and_print, name="save-and-print"),
    path("recommendation/scan/", filling.save_and_upload, name="save-and-upload"),
    path("recommendation/hand-in/", filling.save_and_hand_in, name="hand-in"),
    # One table, for all who may see it
    path(
        "recommendation/<int:pk>/",
        deciding.recommendation_detail,
        name="recommendation-detail",
    ),
    path("recommendation/<int:pk>/accept/", deciding.accept, name="accept"),
    path("recommendation/<int:pk>/return/", deciding.return_to_centre, name="return"),
    path("recommendation/<int:pk>/print/", papers.print_recommendation, name="print"),
    path(
        "recommendation/<int:pk>/annex.docx",
        papers.recommendation_docx,
        name="recommendation-docx",
    ),
    path(
        "recommendation/<int:pk>/annex.xlsx",
        papers.recommendation_xlsx,
        name="recommendation-xlsx",
    ),
    path("recommendation/<int:pk>/scan/", papers.scan, name="scan"),
    path(
        "recommendation/<int:pk>/scan/preview/",
        papers.scan_preview,
        name="scan-preview",
    ),
    # All districts
    path("recommendations/", deciding.recommendations, name="recommendations"),
    path("recommendations/stations.xlsx", papers.stations_xlsx, name="stations-xlsx"),
    path("schedule/", papers.schedule, name="schedule"),
    path("schedule/annex.docx", papers.schedule_docx, name="schedule-docx"),
    path("schedule/annex.xlsx", papers.schedule_xlsx, name="schedule-xlsx"),
    # Activities
    path("activities/", public.activities, name="activities"),
    path(
        "activities/plan/<int:district_pk>/<int:position>/",
        planning.plan,
        name="plan",
    ),
    path("activities/<int:pk>/confirm/", planning.confirm, name="confirm"),
    path("activities/<int:pk>/unconfirm/", planning.unconfirm, name="unconfirm"),
    path("activities/<int:pk>/hold/", planning.hold, name="hold"),
    path("activities/<int:pk>/unhold/", planning.unhold, name="unhold"),
]
