"""Addresses of submissions for programs, under /api/v1/."""

from django.urls import include, path, re_path

from submissions.api.views import files, links, requests, works

one_work = [
    path("", works.submission, name="api-submission"),
    path("submit/", works.submit, name="api-submit"),
    path("reopen/", works.reopen, name="api-reopen"),
    path("withdraw/", works.withdraw, name="api-withdraw"),
    path("inspections/", works.inspections, name="api-inspections"),
    path("status/", works.status, name="api-status"),
    path("files/", files.AddFile.as_view(), name="api-add-file"),
    path("links/", links.add_links, name="api-add-links"),
    path("waivers/", requests.waivers, name="api-waivers"),
    re_path(
        rf"^waivers/(?P<kind>{'|'.join(requests.KINDS)})/$",
        requests.ask,
        name="api-ask-for-waiver",
    ),
    path("originals/", requests.original_requests, name="api-originals"),
    path("proofs/<slug:key>/", files.AddProof.as_view(), name="api-add-proof"),
]
one_file = [
    path("remove/", files.remove_file, name="api-remove-file"),
    path("replace/", files.ReplaceFile.as_view(), name="api-replace-file"),
    path("move/", files.move_file, name="api-move-file"),
    path("caption/", files.caption_file, name="api-caption-file"),
]
urlpatterns = [
    path("submissions/", works.submissions, name="api-submissions"),
    path("submissions/<int:pk>/", include(one_work)),
    path("files/<int:pk>/", include(one_file)),
    path("uploads/", include("submissions.uploads.urls")),
    path("links/<int:pk>/remove/", links.remove_link, name="api-remove-link"),
    path("links/<int:pk>/move/", links.move_link, name="api-move-link"),
    path("waivers/<int:pk>/take-back/", requests.take_back, name="api-take-back"),
    path("originals/<int:pk>/words/", requests.answer_in_words, name="api-words"),
    path(
        "originals/<int:pk>/files/",
        requests.AnswerWithFile.as_view(),
        name="api-answer-with-file",
    ),
    path("proofs/<int:pk>/remove/", files.remove_proof, name="api-remove-proof"),
]
