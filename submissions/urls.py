"""Addresses of works: the public ones, the citizen's, the reviewer's, the files'."""

from django.urls import include, path, re_path

from submissions.views import (
    attachments,
    conversions,
    files,
    gallery,
    hand_off,
    links,
    media,
    mine,
    receipts,
    start,
    unsent,
    waivers,
    wizard,
)

app_name = "submissions"
urlpatterns = [
    path("works/", gallery.gallery, name="gallery"),
    path("works/<slug:number>/", gallery.work, name="work"),
    path("submit/", start.start, name="start"),
    path("my/", mine.mine, name="mine"),
    path("submissions/<int:pk>/", mine.detail, name="detail"),
    path("submissions/<int:pk>/edit/<slug:step>/", wizard.wizard, name="wizard"),
    path("submissions/<int:pk>/submit/", mine.submit, name="submit"),
    path("submissions/<int:pk>/withdraw/", mine.withdraw, name="withdraw"),
    path("submissions/<int:pk>/reopen/", mine.reopen, name="reopen"),
    path("submissions/<int:pk>/receipt/", receipts.receipt, name="receipt"),
    path("submissions/<int:pk>/waivers/<slug:kind>/", waivers.ask, name="ask-waiver"),
    path("unsent/", unsent.unsent, name="unsent"),
    path("unsent/remind/", unsent.remind, name="unsent-remind"),
    path("waivers/", waivers.waivers, name="waivers"),
    path("waivers/<int:pk>/", waivers.waiver, name="waiver"),
    path("waivers/<int:pk>/take-back/", waivers.take_back, name="take-back-waiver"),
    path("receipts/<slug:code>/", receipts.check, name="receipt-check"),
    path("receipts/<slug:code>/receipt.pdf", receipts.pdf, name="receipt-pdf"),
    path(
        "receipts/<slug:code>/signed.json",
        receipts.document,
        name="receipt-document",
    ),
    path("continue/", hand_off.computer, name="hand-off"),
    path("continue/state/", hand_off.state, name="hand-off-state"),
    path("continue/enter/", hand_off.enter, name="hand-off-enter"),
    path("continue/phone/", hand_off.phone, name="hand-off-phone"),
    re_path(
        r"^continue/(?P<code>[0-9]{8})/$", hand_off.confirm, name="hand-off-confirm"
    ),
    path("submissions/<int:pk>/files/", files.add_file, name="add-file"),
    path("submissions/<int:pk>/inspections/", files.inspections, name="inspections"),
    path("submissions/<int:pk>/checks/", files.checks, name="checks"),
    path("files/<int:pk>/conversion/", conversions.state, name="conversion"),
    path("files/<int:pk>/conversion/stop/", conversions.stop, name="stop-conversion"),
    path("files/<int:pk>/conversion/again/", conversions.again, name="convert-again"),
    path("files/<int:pk>/remove/", files.remove, name="remove-file"),
    path("files/<int:pk>/move/", files.move, name="move-file"),
    path("links/<int:pk>/remove/", links.remove, name="remove-link"),
    path("links/<int:pk>/move/", links.move, name="move-link"),
    path("attachments/<uuid:token>/", attachments.attachment, name="attachment"),
    path("media/<uuid:token>/<slug:variant>", media.media, name="media"),
    path("", include("submissions.import_urls")),
    path("", include("submissions.desk_urls")),
]
