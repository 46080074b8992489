"""Addresses of organisations that recommend many works at once."""

from django.urls import path, re_path

from submissions.views import duties, import_look, importing

urlpatterns = [
    path("imports/", importing.imports, name="imports"),
    path("imports/template.xlsx", importing.template, name="import-template"),
    path("imports/look/", import_look.import_look, name="import-look"),
    path("imports/<int:pk>/", importing.batch, name="import"),
    path("imports/<int:pk>/confirm/", importing.confirm, name="import-confirm"),
    path("imports/<int:pk>/discard/", importing.discard, name="import-discard"),
    path(
        "imports/<int:pk>/problems.<slug:form>",
        importing.problems,
        name="import-problems",
    ),
    path("imports/<int:pk>/match/", importing.match, name="import-match"),
    path("imports/<int:pk>/files/", importing.add_files, name="import-files"),
    path("imports/<int:pk>/answers/", importing.answer, name="import-answers"),
    path("imports/<int:pk>/submit/", importing.submit, name="import-submit"),
    path("duties/", duties.board, name="duties"),
    re_path(r"^duties\.(?P<form>csv|xlsx)$", duties.export, name="duties-export"),
]
