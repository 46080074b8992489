"""The files of a draft: what comes in, in what order, and what is refused."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import MediaFile
from submissions.services import (
    FileRefused,
    add_file,
    caption_file,
    move_file,
    remove_file,
    replace_file,
    retry_inspection,
)
from submissions.states import InspectionState, State, Verdict
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    make_organiser,
    picture_bytes,
)

pytestmark = pytest.mark.django_db


def upload(content=None, name="桥.jpg"):
    return SimpleUploadedFile(name, picture_bytes() if content is None else content)


def add(draft, **kwargs):
    by = kwargs.pop("by", draft.author)
    return add_file(
        submission=draft, upload=kwargs.pop("upload", upload()), by=by, at=COLLECTING
    )


def order_of(draft):
    return list(draft.media_files.values_list("original_name", "position"))


def test_a_file_is_stored_byte_for_byte_under_a_name_nobody_can_guess():
    draft = make_draft(make_contest())
    content = picture_bytes()

    media_file = add(draft, upload=upload(content, name="../../我的 桥.jpg"))

    media_file.refresh_from_db()
    assert media_file.file.read() == content
    assert media_file.original_name == "我的 桥.jpg"
    assert media_file.file.name == (
        f"originals/{media_file.token.hex[:2]}/{media_file.token.hex}"
    )
    assert media_file.inspection.state == InspectionState.QUEUED


def test_its_inspection_starts_once_the_file_is_safely_stored(
    django_capture_on_commit_callbacks,
):
    draft = make_draft(make_contest())

    with django_capture_on_commit_callbacks(execute=True):
        media_file = add(draft)

    media_file.refresh_from_db()
    assert media_file.inspection.state == InspectionState.FINISHED
    assert media_file.inspection.verdict == Verdict.REVIEW
    assert len(media_file.sha256) == 64


def test_an_empty_file_is_refused():
    draft = make_draft(make_contest())

    with pytest.raises(FileRefused) as refusal:
        add(draft, upload=upload(b""))

    assert refusal.value.code == "FRM-FILE-EMPTY"
    assert not MediaFile.objects.exists()


def test_a_file_beyond_the_rule_books_size_is_refused():
    draft = make_draft(make_contest())

    with pytest.raises(FileRefused) as refusal:
        add(draft, upload=upload(b"x" * (1024 * 1024 + 1)))

    assert refusal.value.code == "FRM-FILE-LARGE"


def test_one_file_more_than_the_category_takes_is_refused():
    draft = make_draft(make_contest())
    for _number in range(3):
        make_media_file(draft)

    with pytest.raises(FileRefused) as refusal:
        add(draft)

    assert refusal.value.code == "SET-PHOTOS-MANY"
    assert draft.media_files.count() == 3


def test_the_category_comes_before_the_file():
    draft = make_draft(make_contest(), category=None)

    with pytest.raises(FileRefused) as refusal:
        add(draft)

    assert refusal.value.code == "FRM-CATEGORY-MISSING"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED])
def test_files_of_a_work_handed_in_stay_as_they_are(state):
    work = make_handed_in(make_contest(), state=state)

    with pytest.raises(FileRefused) as refusal:
        add(work)

    assert refusal.value.code == "not_editable"


def test_nobody_adds_to_the_draft_of_somebody_else():
    draft = make_draft(make_contest())

    with pytest.raises(FileRefused):
        add(draft, by=CitizenFactory())


def test_a_file_taken_out_goes_with_its_copies_once_that_is_certain(
    django_capture_on_commit_callbacks,
):
    draft = make_draft(make_contest())
    media_file = make_media_file(draft)
    stored = [media_file.file, *(copy.file for copy in media_file.derivatives.all())]
    storage = media_file.file.storage

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        remove_file(media_file=media_file, by=draft.author, at=COLLECTING)
        still_there = [storage.exists(file.name) for file in stored]

    assert still_there == [True, True, True]
    assert len(callbacks) == 3
    assert not any(storage.exists(file.name) for file in stored)
    assert not draft.media_files.exists()


@pytest.mark.parametrize(
    ("to", "expected"), [(1, "cab"), (2, "acb"), (3, "abc"), (9, "abc"), (0, "cab")]
)
def test_a_file_moves_to_its_new_place(to, expected):
    draft = make_draft(make_contest())
    for name in "abc":
        last = make_media_file(draft, original_name=name)

    move_file(media_file=last, by=draft.author, at=COLLECTING, to=to)

    assert order_of(draft) == [
        (name, place) for place, name in enumerate(expected, start=1)
    ]


def test_another_file_takes_the_place_and_the_caption():
    draft = make_draft(make_contest())
    first = make_media_file(draft, original_name="a", caption="dawn")
    make_media_file(draft, original_name="b")

    replace_file(
        media_file=first,
        upload=upload(name="c.jpg"),
        by=draft.author,
        at=COLLECTING,
    )

    assert order_of(draft) == [("c.jpg", 1), ("b", 2)]
    assert draft.media_files.first().caption == "dawn"


def test_a_series_stays_full_while_one_of_its_files_is_replaced():
    draft = make_draft(make_contest())
    files = [make_media_file(draft, original_name=name) for name in "abc"]

    replace_file(
        media_file=files[1], upload=upload(name="x.jpg"), by=draft.author, at=COLLECTING
    )

    assert order_of(draft) == [("a", 1), ("x.jpg", 2), ("c", 3)]


def test_a_caption_is_kept():
    draft = make_draft(make_contest())
    media_file = make_media_file(draft)

    caption_file(media_file=media_file, by=draft.author, at=COLLECTING, caption="清晨")

    media_file.refresh_from_db()
    assert media_file.caption == "清晨"


def test_staff_give_an_inspection_its_attempts_back(django_capture_on_commit_callbacks):
    draft = make_draft(make_contest())
    content = picture_bytes()
    media_file = make_media_file(
        draft, content=content, sha256=sha256(content).hexdigest()
    )
    type(media_file.inspection).objects.update(
        state=InspectionState.ERRORED, verdict=Verdict.ERRORED, attempts=3
    )

    with django_capture_on_commit_callbacks(execute=True):
        retry_inspection(
            inspection=media_file.inspection,
            by=make_organiser(draft.contest),
            at=COLLECTING,
        )

    media_file.inspection.refresh_from_db()
    assert media_file.inspection.state == InspectionState.FINISHED
    assert media_file.inspection.attempts == 1
