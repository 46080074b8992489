"""Papers beside a work: kept once, of kinds the rule book asks, gone when unasked."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from submissions.media.codes import Code
from submissions.models import Attachment
from submissions.services import (
    NotAsked,
    NotEditable,
    ProofRefused,
    add_proof,
    proofs,
    remove_proof,
    submit,
)
from submissions.services.proofs import proofs_of
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_complete_draft,
    make_contest,
    make_draft,
    make_handed_in,
)
from tests.submissions.media import clamd
from tests.submissions.media.papers import pdf_bytes, png_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

PROOFS = [
    {"key": "music", "label": "Licence of the music", "categories": ["series"]},
    {"key": "student", "label": "Student card", "tracks": ["students"], "max_files": 1},
]


@pytest.fixture
def contest():
    return make_contest(proofs=PROOFS)


@pytest.fixture
def draft(contest):
    return make_draft(contest)


def paper(content=None, name="licence.pdf"):
    return ContentFile(pdf_bytes() if content is None else content, name=name)


def add(draft, file, *, key="music", by=None):
    return add_proof(
        submission=draft,
        proof_key=key,
        file=file,
        by=by or draft.author,
        at=COLLECTING,
    )


def test_a_paper_is_kept_with_its_type_and_checksum(draft):
    content = png_bytes()

    kept = add(draft, paper(content, name="C:\\fakepath\\证明.pdf"))

    assert (kept.purpose, kept.proof_key, kept.content_type) == (
        Attachment.Purpose.PROOF,
        "music",
        "image/png",
    )
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.file.read() == content
    assert "证明" not in kept.file.name


def test_the_same_paper_again_is_kept_once(draft):
    content = pdf_bytes()
    first = add(draft, paper(content))

    assert add(draft, paper(content, name="again.pdf")) == first
    assert proofs_of(draft).count() == 1


@pytest.mark.parametrize("key", ["student", "unheard-of"])
def test_a_paper_nobody_asks_for_is_not_kept(draft, key):
    with pytest.raises(NotAsked):
        add(draft, paper(), key=key)

    assert not draft.attachments.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FRM_FILE_EMPTY),
        (b"<html></html>", Code.FRM_PROOF_KIND),
        (b"%PDF-1.4", Code.FRM_PROOF_DAMAGED),
    ],
)
def test_what_is_no_paper_is_refused_with_its_code(draft, content, code):
    with pytest.raises(ProofRefused) as refusal:
        add(draft, paper(content))

    assert refusal.value.code == code


def test_a_paper_that_clamav_objects_to_is_not_kept(draft, monkeypatch, in_english):
    with clamd.running() as (_server, url):
        monkeypatch.setenv("CLAMAV_URL", url)
        with pytest.raises(ProofRefused) as refusal:
            add(draft, paper(pdf_bytes() + clamd.SIGNATURE))

    assert refusal.value.code == "FRM-FILE-INFECTED"
    assert "virus scanner objects to this file" in str(refusal.value.message)
    assert not draft.attachments.exists()


def test_a_paper_too_large_is_refused(draft, monkeypatch):
    monkeypatch.setattr(proofs, "PROOF_MAX_MB", 0.0001)

    with pytest.raises(ProofRefused) as refusal:
        add(draft, paper())

    assert refusal.value.code == Code.FRM_FILE_LARGE


def test_no_more_papers_of_a_kind_than_the_book_says(contest):
    draft = make_draft(contest, track=contest.tracks.get(key="students"))
    add(draft, paper(), key="student")

    with pytest.raises(ProofRefused) as refusal:
        add(draft, paper(png_bytes()), key="student")

    assert refusal.value.code == Code.FRM_PROOF_MANY


def test_nobody_else_adds_and_nothing_is_added_once_handed_in(contest, draft):
    with pytest.raises(NotEditable):
        add(draft, paper(), by=CitizenFactory())
    with pytest.raises(NotEditable):
        add(make_handed_in(contest), paper())


def test_a_removed_paper_takes_its_bytes_along(
    draft, django_capture_on_commit_callbacks
):
    kept = add(draft, paper())
    storage, name = kept.file.storage, kept.file.name

    with django_capture_on_commit_callbacks(execute=True):
        remove_proof(attachment=kept, by=draft.author, at=COLLECTING)

    assert not draft.attachments.exists()
    assert not storage.exists(name)


def test_handing_in_forgets_papers_of_another_category(
    contest, django_capture_on_commit_callbacks
):
    draft = make_complete_draft(contest)
    kept = add(draft, paper())
    storage, name = kept.file.storage, kept.file.name
    draft.category = contest.categories.get(key="poster")
    draft.save()

    with django_capture_on_commit_callbacks(execute=True):
        submit(submission=draft, by=draft.author, at=COLLECTING)

    assert not draft.attachments.exists()
    assert not storage.exists(name)
