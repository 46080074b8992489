"""Every copy that is given out tells of nobody, and tells the truth about AI."""

import json
import uuid
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from submissions.media import conversion, inspection, labelling
from submissions.media.ffmpeg import read_header
from submissions.media.xmp import read_xmp
from submissions.models import Conversion, Submission
from submissions.services.screening import Turn, decide
from submissions.states import Decision, ScreeningLevel, State
from submissions.tasks import label_submission
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_reviewer,
)
from tests.submissions.media import makers
from tests.submissions.media.test_conversion import film_draft, stored

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
    assert labelling.follow(media_file) == []
    assert set(media_file.derivatives.values_list("file", flat=True)) == names
