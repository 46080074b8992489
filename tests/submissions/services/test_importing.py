"""A table of works: nothing is written before it is confirmed, then all or nothing."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError

from accounts import own_data
from accounts.models import AuditEntry
from contests.rulebook import RuleBook
from contests.services import publish_rulebook
from submissions.importing.problems import Code
from submissions.importing.reading import TableRefused
from submissions.models import ImportBatch, ImportRow, Submission
from submissions.services import importing
from submissions.services.importing import Answers, ImportRefused
from submissions.states import ImportState, State
from tests.factories.accounts import CitizenFactory
from tests.factories.imports import (
    confirm_all,
    make_body,
    make_confirmed,
    make_link_contest,
    make_preview,
    make_recommender,
    make_table_contest,
    valley_row,
    valley_table,
)
from tests.factories.submissions import (
    COLLECTING,
    make_media_file,
    make_organiser,
)
from tests.submissions.importing.tables import SHORT, row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(make_table_contest())


@pytest.fixture
def linked():
    return make_body(make_link_contest())


def refusal_of(call, *args, **options) -> str:
    with pytest.raises((ImportRefused, TableRefused)) as refusal:
        call(*args, **options)
    return refusal.value.code


def codes_of(batch):
    return [[told["code"] for told in row.problems] for row in batch.rows.all()]


# --- The preview -------------------------------------------------------------
def test_a_preview_keeps_who_when_and_what_and_writes_no_work(body):
    content = valley_table(valley_row(1), valley_row(2))
    somebody = make_recommender(body)

    batch = make_preview(body, by=somebody, content=content)

    assert not Submission.objects.exists()
    assert (batch.made_by, batch.made_at, batch.organisation) == (
        somebody,
        COLLECTING,
        body,
    )
    assert (batch.sha256, batch.size_bytes) == (
        hashlib.sha256(content).hexdigest(),
        len(content),
    )
    assert (batch.state, codes_of(batch)) == (ImportState.PREVIEWED, [[], []])


def test_another_organisations_table_is_remarked(body):
    head = [["推荐单位：别的单位"]]

    batch = make_preview(body, content=valley_table(valley_row(), head=head))

    assert [told["code"] for told in batch.problems] == [Code.OTHER_ORGANISATION]


def test_a_table_without_rows_is_refused(body):
    assert refusal_of(make_preview, body, content=valley_table([1])) == "no_rows"


def test_only_who_recommends_for_the_body_may_bring_its_table(body):
    other = make_recommender(make_body(body.contest))
    organiser = make_organiser(body.contest)

    for stranger in (other, CitizenFactory()):
        assert refusal_of(make_preview, body, by=stranger) == "not_yours"
    assert make_preview(body, by=organiser).made_by == organiser


def test_a_contest_without_a_table_takes_none(body):
    book = body.contest.rulebook.model_dump(mode="json") | {"summary_table": None}
    publish_rulebook(RuleBook.model_validate(book), at=COLLECTING)
    body.refresh_from_db()

    assert refusal_of(make_preview, body) == "not_asked"


# --- Confirming --------------------------------------------------------------
def test_every_row_becomes_a_draft_of_the_recommending_account(body):
    batch = make_confirmed(body, valley_row(1), valley_row(2, authors="甲一、乙二"))

    first, second = Submission.objects.order_by("pk")
    assert (first.title, first.story) == ("Morning 1", "Aunt Zhou sweeps the bank.")
    assert (first.author, first.recommended_by) == (batch.made_by, body)
    assert (first.state, first.channel) == (State.DRAFT, "staff")
    assert (first.unit.key, first.track.key, first.category.key) == (
        "river",
        "open",
        "series",
    )
    assert [author.name for author in second.authors.all()] == ["甲一", "乙二"]
    assert [row.submission for row in batch.rows.all()] == [first, second]
    assert AuditEntry.objects.get(action="import.confirmed").detail["works"] == 2


def test_links_tags_and_phones_are_kept_where_the_table_asks_for_them(linked):
    unit = linked.contest.units.get(key="new-employment")
    content = workbook(row(link=f"看看 {SHORT} 吧"))

    batch = make_confirmed(linked, content=content, unit=unit)

    work = Submission.objects.get()
    assert [link.url for link in work.links.all()] == [SHORT]
    assert (work.unit, work.track.key, work.tags) == (unit, "directed", ["courier"])
    assert batch.rows.get().values["phone"] == "+8619900001234"


def test_confirming_twice_makes_one_set_of_works(body):
    batch = make_confirmed(body)

    again = confirm_all(batch)

    assert (again.state, Submission.objects.count()) == (ImportState.CONFIRMED, 1)


def test_rows_left_out_make_no_work(body):
    batch = make_preview(body, valley_row(1), valley_row(2))
    second = batch.rows.last()

    confirm_all(batch, chosen={second.pk})

    assert Submission.objects.get().title == "Morning 2"
    assert [each.is_left_out for each in batch.rows.all()] == [True, False]


def test_one_row_with_an_error_stops_all_of_them(body):
    batch = make_preview(body, valley_row(1), valley_row(2, title=""))
    good = batch.rows.first().pk

    assert refusal_of(confirm_all, batch) == "import_with_errors"
    assert refusal_of(confirm_all, batch, chosen={good}) == "import_with_errors"
    assert not Submission.objects.exists()


def test_a_failure_half_way_leaves_nothing(body, monkeypatch):
    batch = make_preview(body, valley_row(1), valley_row(2))
    real, calls = importing.set_authors, []

    def fails_the_second_time(**options):
        calls.append(options)
        if len(calls) == 2:
            raise IntegrityError
        real(**options)

    monkeypatch.setattr(importing, "set_authors", fails_the_second_time)
    with pytest.raises(IntegrityError):
        confirm_all(batch)

    batch.refresh_from_db()
    assert (batch.state, Submission.objects.count()) == (ImportState.PREVIEWED, 0)


def test_nothing_chosen_is_refused(body):
    assert refusal_of(confirm_all, make_preview(body), chosen=set()) == (
        "import_without_rows"
    )


def test_nobody_else_confirms_it(body):
    batch = make_preview(body)

    assert refusal_of(confirm_all, batch, by=make_recommender(body)) == "not_yours"


def test_the_rules_of_the_day_of_confirming_hold(body):
    batch = make_preview(body, valley_row(1, title="A long morning by the river"))
    book = body.contest.rulebook.model_dump(mode="json")
    book["defaults"]["title_max_length"] = 10
    publish_rulebook(RuleBook.model_validate(book), at=COLLECTING)

    assert refusal_of(confirm_all, batch) == "import_with_errors"


# --- The same work again -----------------------------------------------------
def test_the_same_table_again_is_known_row_by_row(body):
    content = valley_table(valley_row())
    make_confirmed(body, content=content)

    batch = make_preview(body, content=content)
    [row] = batch.rows.all()

    assert [told["code"] for told in batch.problems] == [Code.IMPORTED_BEFORE]
    assert {
        pk: problem.code for pk, problem in importing.known_rows(batch, [row]).items()
    } == {row.pk: Code.TITLE_KNOWN}
    assert refusal_of(confirm_all, batch) == "import_changed"
    assert Submission.objects.count() == 1


def test_a_known_work_is_taken_again_by_who_has_seen_it(body):
    make_confirmed(body)
    batch = make_preview(body)

    confirm_all(batch, aware_of={batch.rows.get().pk})

    assert Submission.objects.count() == 2


def test_an_address_in_the_contest_is_known_whoever_entered_it(linked):
    unit = linked.contest.units.first()
    table = {"content": workbook(row(link=SHORT)), "unit": unit}
    make_confirmed(linked, **table)

    other = make_preview(make_body(linked.contest), **table)

    [problem] = importing.known_rows(other, list(other.rows.all())).values()
    assert problem.code == Code.LINK_KNOWN


def test_withdrawn_works_are_no_doubles(body):
    make_confirmed(body)
    Submission.objects.update(state=State.WITHDRAWN)
    batch = make_preview(body)

    assert importing.known_rows(batch, list(batch.rows.all())) == {}


# --- Putting it aside --------------------------------------------------------
def test_a_preview_put_aside_keeps_its_digest_and_nobodys_name(body):
    batch = make_preview(body)

    importing.discard(batch=batch, by=batch.made_by, at=COLLECTING)

    kept = ImportBatch.objects.get()
    assert (kept.state, kept.head, kept.sha256) == (
        ImportState.DISCARDED,
        {},
        batch.sha256,
    )
    assert not ImportRow.objects.exists()
    assert refusal_of(confirm_all, kept) == "import_discarded"


def test_a_preview_nobody_came_back_to_is_emptied(body):
    made = make_preview(body, valley_row(1))
    confirmed = make_confirmed(body, valley_row(2))

    on_time = importing.discard_forgotten(at=COLLECTING + dt.timedelta(days=14))
    late = importing.discard_forgotten(at=COLLECTING + dt.timedelta(days=15))

    made.refresh_from_db()
    assert (on_time, late) == (0, 1)
    assert (made.state, made.rows.count()) == (ImportState.DISCARDED, 0)
    assert confirmed.rows.count() == 1


def test_a_confirmed_table_is_not_put_aside(body):
    batch = make_confirmed(body)

    code = refusal_of(importing.discard, batch=batch, by=batch.made_by, at=COLLECTING)

    assert code == "import_confirmed"


# --- Finishing the works -----------------------------------------------------
def test_files_find_their_drafts(body):
    batch = make_confirmed(body, valley_row(1), valley_row(2))
    first, second = Submission.objects.order_by("pk")

    matched = importing.match_files(
        batch=batch, names=["dsc_0002.JPG", "Morning 1.jpg", "x.jpg"], by=batch.made_by
    )

    assert matched == {
        "dsc_0002.JPG": second.pk,
        "Morning 1.jpg": first.pk,
        "x.jpg": None,
    }


def test_files_find_nobody_elses_drafts(body):
    batch = make_confirmed(body)

    matched = importing.match_files(
        batch=batch, names=["DSC_0001.jpg"], by=make_organiser(body.contest)
    )

    assert matched == {"DSC_0001.jpg": None}


ANSWERS = Answers(declarations=frozenset({"own", "portraits"}), without_ai=True)


def answer_all(batch, answers=ANSWERS):
    return importing.answer_for_all(
        batch=batch, answers=answers, by=batch.made_by, at=COLLECTING
    )


def test_what_is_said_once_counts_for_every_draft(body):
    batch = make_confirmed(body, valley_row(1), valley_row(2))

    count = answer_all(batch)

    assert count == 2
    for work in Submission.objects.all():
        made = set(work.declarations.values_list("key", flat=True))
        assert (work.ai_use, made) == ("none", {"own", "portraits"})


def test_answers_of_one_work_are_not_overwritten(body):
    batch = make_confirmed(body)
    Submission.objects.update(ai_use="partly")

    answer_all(batch)

    assert Submission.objects.get().ai_use == "partly"


def test_complete_works_go_in_and_the_others_say_why_not(
    body, django_capture_on_commit_callbacks
):
    batch = make_confirmed(body, valley_row(1), valley_row(2))
    first, second = Submission.objects.order_by("pk")
    answer_all(batch, Answers(frozenset({"own", "portraits", "unmodified"}), True))
    make_media_file(first)

    with django_capture_on_commit_callbacks(execute=True):
        outcomes = importing.submit_many(
            batch=batch,
            chosen={first.pk, second.pk},
            by=batch.made_by,
            at=COLLECTING + dt.timedelta(days=1),
        )

    first.refresh_from_db()
    assert [bool(each.refusal) for each in outcomes] == [False, True]
    assert (first.state, first.receipts.count()) == (State.SCREENING, 1)
    second.refresh_from_db()
    assert second.state == State.DRAFT


def test_whoever_leaves_takes_the_names_of_their_tables_along(
    body, django_capture_on_commit_callbacks
):
    batch = make_confirmed(body)
    batch.made_by.memberships.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        own_data.erase_account(user=batch.made_by, at=COLLECTING)

    batch.refresh_from_db()
    row = batch.rows.get()
    assert (batch.head, batch.original_name) == ({}, "—")
    assert (row.cells, row.values, row.submission) == ({}, {}, None)
