"""A photograph labelled as made with AI: refused, and let in by the committee only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.allowances import allowance_words, granted_words
from submissions.file_cards import FileCard
from submissions.media.jobs import inspection
from submissions.models import Inspection, Waiver
from submissions.services import add_file
from submissions.services.waivers import (
    WaiverRefused,
    ask_for_waiver,
    grant_waiver,
    refuse_waiver,
    take_back_waiver,
)
from submissions.states import InspectionState, Verdict, WaiverState
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_organiser,
    rulebook_document,
)
from tests.submissions.media import makers, phones

pytestmark = pytest.mark.django_db

LABEL = (
    '<a:AIGC xmlns:a="http://www.tc260.org.cn/ns/AIGC/1.0/">'
    '{"Label":"1","ContentProducer":"示例"}</a:AIGC>'
)


def contest_that_hears(*, waiver=True):
    categories = [
        each.model_dump(mode="json") for each in rulebook_document().categories
    ]
    series = next(each for each in categories if each["key"] == "series")
    series["limits"]["unmodified"]["waiver"] = waiver
    return make_contest(categories=categories)


@pytest.fixture
def contest(in_english):
    return contest_that_hears()


@pytest.fixture
def organiser(contest):
    return make_organiser(contest)


@pytest.fixture
def draft(contest):
    """A series of one labelled photograph."""
    draft = make_draft(contest)
    data = makers.jpeg_bytes(makers.photograph((1600, 1200)), exif=phones.android())
    data = phones.with_xmp(data, phones.xmp(inside=LABEL))
    upload = SimpleUploadedFile("a.jpg", data)
    add_file(submission=draft, upload=upload, by=draft.author, at=COLLECTING)
    return draft


def ask(draft, **fields):
    return ask_for_waiver(
        submission=draft,
        kind=Waiver.Kind.LABEL,
        reason="The phone's album put it there.",
        by=draft.author,
        at=COLLECTING,
        **fields,
    )


def looked_at(draft):
    """The verdict on its file, and what is said of the label."""
    media_file = draft.media_files.get()
    inspection.inspect(media_file, at=COLLECTING)
    found = Inspection.objects.get(media_file=media_file)
    [finding] = found.findings.filter(code="IMG-AIGC-LABELLED")
    return found.verdict, finding.severity, finding.params["variant"]


def test_a_labelled_photograph_fails_with_a_way_to_the_committee(draft):
    assert looked_at(draft) == (Verdict.FAILED, "error", "waiver")
    [item] = FileCard.all_of(draft)[0].findings
    assert item.url == f"/submissions/{draft.pk}/waivers/label/"
    assert "please ask the committee" in item.text


def test_what_the_committee_agrees_to_is_told_and_no_fault(draft, organiser):
    looked_at(draft)
    waiver = ask(draft)

    granted = grant_waiver(waiver=waiver, by=organiser, at=COLLECTING)

    assert granted.state == WaiverState.GRANTED
    assert draft.media_files.get().inspection.state == InspectionState.QUEUED
    assert looked_at(draft) == (Verdict.PASSED, "info", "agreed")
    assert allowance_words(draft) == [
        "Agreed with the committee: a picture labelled as made with AI"
    ]
    assert granted_words(granted) == "The label in the file no longer bars the picture."


def test_a_refusal_changes_nothing(draft, organiser):
    waiver = ask(draft)

    refuse_waiver(waiver=waiver, by=organiser, at=COLLECTING, answer="No original.")

    assert looked_at(draft) == (Verdict.FAILED, "error", "waiver")


def test_an_agreement_taken_back_bars_the_picture_again(draft, organiser):
    waiver = grant_waiver(waiver=ask(draft), by=organiser, at=COLLECTING)

    take_back_waiver(waiver=waiver, by=organiser, at=COLLECTING)

    assert looked_at(draft) == (Verdict.FAILED, "error", "waiver")


@pytest.mark.parametrize("category", ["film", "poster"])
def test_a_category_that_bars_no_label_needs_no_exception(contest, category):
    draft = make_draft(contest, category=contest.categories.get(key=category))

    with pytest.raises(WaiverRefused) as refused:
        ask(draft)

    assert refused.value.code == "not_waivable"


def test_a_rule_book_that_hears_no_exception_offers_none(in_english):
    draft = make_draft(contest_that_hears(waiver=False))

    with pytest.raises(WaiverRefused) as refused:
        ask(draft)

    assert refused.value.code == "not_waivable"


def test_pages_of_the_request_say_what_it_is_about(draft, organiser, client):
    client.force_login(draft.author)
    asking = client.get(f"/submissions/{draft.pk}/waivers/label/")
    waiver = ask(draft)
    client.force_login(organiser)

    answering = client.get(f"/waivers/{waiver.pk}/").content.decode()

    assert "带有人工智能标识的图片不作为摄影作品收稿" in asking.content.decode()
    assert list(asking.context["form"].fields) == ["reason"]
    assert "The phone&#x27;s album put it there." in answering
    assert "Not modified." in answering
    assert 'name="duration_s"' not in answering
    assert 'name="until"' not in answering
