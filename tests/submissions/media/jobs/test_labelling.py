"""Every copy that is given out tells of nobody, and tells the truth about AI."""

import json
import uuid
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from submissions.media.jobs import conversion, inspection, labelling
from submissions.media.jobs.conversion import make_anew
from submissions.media.pictures.xmp import read_xmp
from submissions.media.tools.ffmpeg import read_header
from submissions.models import Conversion, Submission
from submissions.services import stop_conversion
from submissions.services.screening import Turn, decide
from submissions.states import (
    ConversionState,
    Decision,
    InspectionState,
    ScreeningLevel,
    State,
)
from submissions.tasks import (
    convert_media_file,
    label_submission,
    look_after_labels,
)
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_reviewer,
)
from tests.submissions.media import makers
from tests.submissions.media.jobs.test_conversion import film_draft, stored

pytestmark = pytest.mark.django_db

OWN = {
    "Label": "1",
    "ContentProducer": "001191110102MACQD9K64010000",
    "ProduceID": "p-7",
    "ReservedCode1": "sealed",
    "ContentPropagator": "an earlier one",
    "PropagateID": "e-1",
    "ReservedCode2": "sealed by the earlier one",
}
TRACES = (
    *(b"Zhou Somebody", b"SN-4711", b"holiday.original", b"+30.2500+120.1500"),
    *(b"Photoshop", b"stEvt:", b"History", b"Exif\0\0", b"x264 - core"),
)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 dc:creator="Zhou Somebody" dc:source="holiday.original"><xmpMM:History>Photoshop
 </xmpMM:History>{label}</rdf:Description></rdf:RDF></x:xmpmeta>"""


def photograph(path, label=None):
    exif = Image.Exif()
    exif[0x013B] = "Zhou Somebody"
    exif[0x0131] = "Photoshop"
    exif.get_ifd(0x8769)[0xA431] = "SN-4711"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    told = f"<TC260:AIGC>{json.dumps(label)}</TC260:AIGC>" if label else ""
    xmp = XMP.format(label=told).encode()
    return makers.picture(path, exif=exif, xmp=xmp, comment=b"holiday.original")


def film(path, *, coding, label=None):
    tags = {
        "artist": "Zhou Somebody",
        "title": "holiday.original",
        "location": "+30.2500+120.1500/",
        "com.example.serial": "SN-4711",
    } | ({"AIGC": json.dumps(label)} if label else {})
    told = [w for key, text in tags.items() for w in ("-metadata", f"{key}={text}")]
    flags = ("-movflags", "use_metadata_tags")
    return makers.film(path, *flags, *told, seconds=1, coding=coding)


def every_copy_of(path, draft):
    """The file, and what is given out of it once all has been done."""
    media_file = stored(path, draft)
    inspection.inspect(media_file, at=COLLECTING)
    conversion.convert(media_file, at=COLLECTING)
    media_file.refresh_from_db()
    label_submission(submission_id=draft.pk)
    return media_file, given_out(media_file)


def given_out(media_file):
    return {
        copy.kind: (copy.content_type, copy.file.read())
        for copy in media_file.derivatives.order_by("kind")
    }


def label_in(content_type, data, tmp_path):
    """As a program would read it that knows nothing of ours."""
    if content_type == "video/mp4":
        path = tmp_path / f"{uuid.uuid4()}.mp4"
        path.write_bytes(data)
        raw = read_header(path)["format"].get("tags", {}).get("AIGC")
        return json.loads(raw) if raw else None
    with Image.open(BytesIO(data)) as image:
        label = read_xmp(image.info.get("xmp", b"")).label
    return json.loads(label.raw) if label else None


def labels_of(copies, tmp_path):
    return {
        kind: label_in(content_type, data, tmp_path)
        for kind, (content_type, data) in copies.items()
    }


def ours(media_file, **fields):
    return (
        dict.fromkeys(OWN, "")
        | fields
        | {
            "ContentPropagator": settings.AIGC_PROPAGATOR_CODE,
            "PropagateID": uuid.uuid5(media_file.token, "propagation").hex,
            "ReservedCode2": "",
        }
    )


def picture_draft(**fields):
    contest = make_contest()
    return contest, {"category": contest.categories.get(key="series")} | fields


FILM_KINDS = {"poster", "storyboard", "thumbnail", "view"}
PICTURE_KINDS = {
    *("large", "thumbnail", "thumbnail-avif", "thumbnail-webp"),
    *("view", "view-avif", "view-webp"),
}


@pytest.mark.parametrize("coding", [makers.FAST, makers.HEVC])
def test_no_copy_of_a_film_tells_of_its_author(tmp_path, coding):
    path = film(tmp_path / "a.mp4", coding=coding, label=OWN)
    media_file, copies = every_copy_of(path, film_draft())

    labels = labels_of(copies, tmp_path)

    assert set(copies) == FILM_KINDS
    assert labels == dict.fromkeys(FILM_KINDS, ours(media_file, **OWN))
    _assert_nothing_is_told(path, copies)


def test_no_copy_of_a_picture_tells_of_its_author(tmp_path):
    path = photograph(tmp_path / "a.jpg", label=OWN | {"Label": "2"})
    contest, fields = picture_draft()
    media_file, copies = every_copy_of(path, make_draft(contest, **fields))

    labels = labels_of(copies, tmp_path)

    assert set(copies) == PICTURE_KINDS
    assert labels == dict.fromkeys(
        PICTURE_KINDS, ours(media_file, **OWN | {"Label": "2"})
    )
    _assert_nothing_is_told(path, copies)


def _assert_nothing_is_told(path, copies):
    original = path.read_bytes()
    assert all(trace in original for trace in (b"Zhou Somebody", b"SN-4711"))
    for _content_type, data in copies.values():
        assert [trace for trace in TRACES if trace in data] == []


@pytest.mark.parametrize("producer", ["\\u0000a", "\\ud800", "&" * 16_000, "🙂" * 4000])
def test_a_label_made_to_break_the_writing_of_it_breaks_nothing(tmp_path, producer):
    raw = f'{{"Label":"2","ContentProducer":"{producer}"}}'
    told = f"<TC260:AIGC><![CDATA[{raw}]]></TC260:AIGC>"
    path = makers.picture(tmp_path / "a.jpg", xmp=XMP.format(label=told).encode())
    contest, fields = picture_draft()

    media_file, copies = every_copy_of(path, make_draft(contest, **fields))

    assert media_file.inspection.state == InspectionState.FINISHED
    assert set(copies) == PICTURE_KINDS
    assert labelling.stale_copies(media_file) == []


def test_a_film_without_labels_gets_none(tmp_path):
    path = film(tmp_path / "a.mp4", coding=makers.FAST)
    _media_file, copies = every_copy_of(path, film_draft())

    assert labels_of(copies, tmp_path) == dict.fromkeys(FILM_KINDS)


def test_the_label_follows_what_the_entrant_says(tmp_path):
    path = photograph(tmp_path / "a.jpg")
    contest, fields = picture_draft(ai_use=Submission.AiUse.PARTLY)
    draft = make_draft(contest, **fields)
    media_file, copies = every_copy_of(path, draft)
    said = labels_of(copies, tmp_path)
    Submission.objects.update(ai_use=Submission.AiUse.NONE)

    label_submission(submission_id=draft.pk)

    taken_back = labels_of(given_out(media_file), tmp_path)
    assert said == dict.fromkeys(PICTURE_KINDS, ours(media_file, Label="2"))
    assert taken_back == dict.fromkeys(PICTURE_KINDS)


@pytest.mark.parametrize("coding", [makers.FAST, makers.HEVC])
def test_the_label_of_a_film_follows_too(tmp_path, coding):
    draft = film_draft()
    path = film(tmp_path / "a.mp4", coding=coding)
    media_file, _copies = every_copy_of(path, draft)
    Submission.objects.update(ai_use=Submission.AiUse.WHOLLY)

    label_submission(submission_id=draft.pk)

    labels = labels_of(given_out(media_file), tmp_path)
    assert labels == dict.fromkeys(FILM_KINDS, ours(media_file, Label="2"))
    assert Conversion.objects.filter(attempts__gt=1).count() == 0


def test_what_a_reviewer_suspects_is_written_into_the_copies(
    tmp_path, django_capture_on_commit_callbacks
):
    path = photograph(tmp_path / "a.jpg")
    contest, fields = picture_draft()
    draft = make_draft(contest, **fields)
    media_file, _copies = every_copy_of(path, draft)
    Submission.objects.update(
        state=State.SCREENING,
        cycle=1,
        number="V-1",
        submitted_at=COLLECTING,
        first_submitted_at=COLLECTING,
        counts_at=COLLECTING,
    )
    draft.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        decide(
            submission=draft,
            by=make_reviewer(contest),
            at=COLLECTING,
            turn=Turn(1, ScreeningLevel.FIRST),
            decision=Decision.PASS,
            suspects_ai=True,
        )

    labels = labels_of(given_out(media_file), tmp_path)
    assert labels == dict.fromkeys(PICTURE_KINDS, ours(media_file, Label="3"))


def test_a_label_that_is_true_already_is_not_written_again(tmp_path):
    path = photograph(tmp_path / "a.jpg", label=OWN | {"Label": "2"})
    contest, fields = picture_draft()
    media_file, _copies = every_copy_of(path, make_draft(contest, **fields))
    names = set(media_file.derivatives.values_list("file", flat=True))

    assert labelling.stale_copies(media_file) == []
    assert labelling.follow(media_file, make_anew=make_anew) is False
    assert set(media_file.derivatives.values_list("file", flat=True)) == names


def labelled_picture(tmp_path, **fields):
    contest, given = picture_draft(**fields)
    draft = make_draft(contest, **given)
    media_file, _copies = every_copy_of(photograph(tmp_path / "a.jpg"), draft)
    return media_file


def test_copies_that_take_no_other_label_go_before_others_are_made(
    tmp_path, monkeypatch
):
    media_file = labelled_picture(tmp_path)
    Submission.objects.update(ai_use=Submission.AiUse.PARTLY)
    monkeypatch.setattr(convert_media_file, "apply_async", lambda **options: None)

    label_submission(submission_id=media_file.submission_id)
    label_submission(submission_id=media_file.submission_id)

    labels = labels_of(given_out(media_file), tmp_path)
    left = PICTURE_KINDS - {"view-avif", "thumbnail-avif"}
    assert labels == dict.fromkeys(left, ours(media_file, Label="2"))
    assert Conversion.objects.get().state == ConversionState.QUEUED
    conversion.convert(media_file, at=COLLECTING)
    assert set(given_out(media_file)) == PICTURE_KINDS
    assert labelling.stale_copies(media_file) == []


@pytest.mark.parametrize("before", [Submission.AiUse.NONE, Submission.AiUse.PARTLY])
def test_a_label_whose_message_was_lost_is_written_all_the_same(tmp_path, before):
    media_file = labelled_picture(tmp_path, ai_use=before)
    after = {Submission.AiUse.NONE, Submission.AiUse.PARTLY} - {before}
    Submission.objects.update(ai_use=after.pop())

    look_after_labels()

    media_file.refresh_from_db()
    assert labelling.stale_copies(media_file) == []
    assert set(given_out(media_file)) == PICTURE_KINDS


def test_another_code_of_the_propagator_gets_into_copies_made_before(
    tmp_path, settings
):
    media_file = labelled_picture(tmp_path, ai_use=Submission.AiUse.PARTLY)
    settings.AIGC_PROPAGATOR_CODE = "another"

    look_after_labels()

    labels = labels_of(given_out(media_file), tmp_path)
    told = ours(media_file, Label="2")
    assert told["ContentPropagator"] == "another"
    assert labels == dict.fromkeys(PICTURE_KINDS, told)


def test_a_label_of_the_files_own_is_looked_after(tmp_path):
    contest, fields = picture_draft()
    path = photograph(tmp_path / "a.jpg", label=OWN | {"Label": "2"})
    media_file = stored(path, make_draft(contest, **fields))
    inspection.inspect(media_file, at=COLLECTING)

    assert list(labelling.about_ai()) == [media_file]


def test_nobody_looks_after_works_without_labels(tmp_path):
    labelled_picture(tmp_path)

    assert list(labelling.about_ai()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_the_label_that_is_right_stays(tmp_path, monkeypatch):
    media_file = labelled_picture(tmp_path)
    Submission.objects.update(ai_use=Submission.AiUse.PARTLY)
    real, folders = labelling.relabelled, []

    def overtaken(copy, label, *, folder):
        if not folders:
            folders.append(folder)
            Submission.objects.update(ai_use=Submission.AiUse.NONE)
            label_submission(submission_id=media_file.submission_id)
            Submission.objects.update(ai_use=Submission.AiUse.WHOLLY)
            label_submission(submission_id=media_file.submission_id)
            Submission.objects.update(ai_use=Submission.AiUse.NONE)
            label_submission(submission_id=media_file.submission_id)
            assert copy.path.exists()
        return real(copy, label, folder=folder)

    monkeypatch.setattr(labelling, "relabelled", overtaken)

    labelling.follow(media_file, make_anew=make_anew)

    found = given_out(media_file)
    assert set(found) == PICTURE_KINDS
    assert labels_of(found, tmp_path) == dict.fromkeys(PICTURE_KINDS)


def test_a_copy_whose_bytes_are_lost_is_no_labelled_one(tmp_path):
    media_file = labelled_picture(tmp_path)
    Submission.objects.update(ai_use=Submission.AiUse.PARTLY)
    view = media_file.derivatives.get(kind="view")
    view.file.storage.delete(view.file.name)

    with pytest.raises(labelling.StillStale):
        labelling.follow(media_file, make_anew=make_anew)


@pytest.mark.parametrize("state", [ConversionState.ERRORED, ConversionState.CANCELLED])
def test_a_copy_that_nobody_makes_anew_goes_with_its_label(tmp_path, state):
    media_file = labelled_picture(tmp_path)
    Conversion.objects.update(state=state)
    Submission.objects.update(ai_use=Submission.AiUse.PARTLY)

    label_submission(submission_id=media_file.submission_id)

    labels = labels_of(given_out(media_file), tmp_path)
    left = PICTURE_KINDS - {"view-avif", "thumbnail-avif"}
    assert labels == dict.fromkeys(left, ours(media_file, Label="2"))


def waiting_with_old_labels(tmp_path):
    """Copies are to be made for another label, and their file cannot be read."""
    media_file = labelled_picture(tmp_path)
    Submission.objects.update(ai_use=Submission.AiUse.PARTLY)
    Conversion.objects.update(state=ConversionState.QUEUED, attempts=0)
    media_file.file.storage.delete(media_file.file.name)
    return media_file


def test_old_labels_go_at_once_when_a_conversion_is_given_up(tmp_path):
    media_file = waiting_with_old_labels(tmp_path)

    for _try in range(3):
        conversion.convert(media_file, at=COLLECTING)

    assert Conversion.objects.get().state == ConversionState.ERRORED
    assert set(given_out(media_file)) == {"thumbnail", "view"}


def test_old_labels_go_at_once_when_a_conversion_is_stopped(tmp_path):
    media_file = waiting_with_old_labels(tmp_path)

    stop_conversion(
        media_file=media_file, by=media_file.submission.author, at=COLLECTING
    )

    assert set(given_out(media_file)) == {"thumbnail", "view"}


def test_labels_that_are_true_stay_when_a_conversion_is_given_up(tmp_path):
    media_file = waiting_with_old_labels(tmp_path)
    Submission.objects.update(ai_use=Submission.AiUse.NONE)

    for _try in range(3):
        convert_media_file(media_file_id=media_file.pk)

    assert Conversion.objects.get().state == ConversionState.ERRORED
    assert set(given_out(media_file)) == PICTURE_KINDS
