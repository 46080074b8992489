"""A contest of links, from its folder to an accepted work, in the same code.

Through the pages as a person goes, and through the API as a program does.
"""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tokens import issue_token
from contests import clock
from submissions import services
from submissions.models import Submission
from submissions.services.screening import decide, turn_of
from submissions.states import Decision, State
from submissions.validators import validate_authors, validate_story
from tests.factories.accounts import CitizenFactory, make_worker
from tests.factories.contests import make_wenzhou_contest

pytestmark = pytest.mark.django_db

IN_JUNE = clock.start_of(dt.date(2024, 6, 1))
SHORT = "https://v.douyin.com/iRNBho6u/"
LONG = "https://www.douyin.com/video/7301234567890123456/"
SHARE_TEXT = (
    "7.94 复制打开抖音，看看【示例作者的作品】早班骑手# 最美in温州 "
    "https://v.douyin.com/iRNBho6u/ 01/02 Eho:/ G@i.Pk"
)
STORY = "早上五点，骑手小林在五马街口吃完一碗糯米饭，开始一天的第一单。"
DETAILS = {
    "unit": "new-employment",
    "track": "public",
    "category": "douyin",
    "title": "早班骑手",
    "story": STORY,
    "entrant_name": "示例作者",
    "authors": ["示例作者", {"name": "王小荷", "role": "剪辑"}],
    "tags": ["food-rider"],
    "ai_use": "none",
    "declarations": ["published", "length", "original", "portraits", "liability"],
}


@pytest.fixture
def contest(settings):
    settings.DEMO_TODAY = dt.date(2024, 6, 1)
    return make_wenzhou_contest()


@pytest.fixture
def draft(contest):
    return services.create_draft(contest=contest, author=CitizenFactory(), at=IN_JUNE)


@pytest.fixture
def chosen(contest, draft):
    """A draft of the one category there is."""
    return services.update_draft(
        submission=draft,
        by=draft.author,
        at=IN_JUNE,
        category=contest.categories.get(key="douyin"),
        unit=contest.units.get(key="new-employment"),
        track=contest.tracks.get(key="public"),
    )


def accept(work):
    for _level in range(2):
        reviewer = make_worker(work.contest, Role.REVIEWER)
        work.refresh_from_db()
        checks = {check.key for check in work.rulebook_version.rulebook.review_checks}
        decide(
            submission=work,
            by=reviewer,
            at=IN_JUNE,
            turn=turn_of(work),
            decision=Decision.PASS,
            checks=checks,
        )
    work.refresh_from_db()


# --- Through the pages -----------------------------------------------------------
def paste(client, draft, text, **button):
    button = button or {"do": "links-add"}
    address = f"/submissions/{draft.pk}/edit/files/"
    return client.post(address, {"links": text, **button})


def test_a_person_pastes_the_share_text_and_hands_in(
    client, chosen, django_capture_on_commit_callbacks
):
    work, edit = chosen, f"/submissions/{chosen.pk}/edit"
    client.force_login(work.author)

    pasted = paste(client, work, SHARE_TEXT)
    client.post(
        f"{edit}/story/",
        {
            "title": "早班骑手",
            "story": STORY,
            "entrant": "person",
            "entrant_name": "示例作者",
            "author_name": ["示例作者"],
            "author_role": [""],
            "ai_use": "none",
            "go": "next",
        },
    )
    asked = [
        each.key
        for each in work.rulebook_version.rulebook.declarations
        if each.moment == "submission"
    ]
    ticks = {f"declare-{key}": "on" for key in asked}
    client.post(f"{edit}/rights/", {**ticks, "go": "next"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/submissions/{work.pk}/submit/")

    work.refresh_from_db()
    assert pasted.url == f"{edit}/files/#links"
    assert [link.url for link in work.links.all()] == [SHORT]
    assert (work.state, work.number) == (State.SCREENING, "WZ24-00001")

    accept(work)

    assert work.state == State.ACCEPTED
    page = client.get(f"/works/{work.number}/").content.decode()
    assert f'href="{SHORT}" target="_blank" rel="noopener noreferrer nofollow"' in page
    assert "<iframe" not in page


def test_the_way_in_asks_for_a_link_and_for_no_file(client, contest):
    client.cookies["django_language"] = "en"

    page = client.get("/submit/").content.decode()

    assert "The link of your work on 抖音, open to everybody." in page
    assert "A file in one of the formats below" not in page


def test_the_files_step_asks_for_links_and_for_no_file(client, chosen):
    client.force_login(chosen.author)

    page = client.get(f"/submissions/{chosen.pk}/edit/files/").content.decode()

    assert '<textarea name="links"' in page
    assert 'type="file"' not in page


def test_what_leads_elsewhere_is_kept_in_the_field_and_refused(client, chosen):
    client.force_login(chosen.author)
    client.cookies["django_language"] = "en"

    answer = paste(client, chosen, "看 https://www.douyin.com/user/abc", go="next")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This address does not lead to a work on 抖音." in page
    assert "https://www.douyin.com/user/abc" in page
    assert not chosen.links.exists()


def test_going_on_adds_what_was_pasted(client, chosen):
    client.force_login(chosen.author)

    answer = paste(client, chosen, f"{SHARE_TEXT}\n{LONG}", go="next")

    assert answer.url == f"/submissions/{chosen.pk}/edit/story/"
    assert [link.url for link in chosen.links.all()] == [SHORT, LONG]


def test_saving_meanwhile_adds_nothing(client, chosen):
    client.force_login(chosen.author)

    answer = client.post(
        f"/submissions/{chosen.pk}/edit/files/",
        {"links": SHARE_TEXT},
        headers={"X-Draft-Save": "1"},
    )

    assert answer.status_code == 204
    assert not chosen.links.exists()


def test_links_are_ordered_and_removed_by_buttons(client, chosen):
    client.force_login(chosen.author)
    paste(client, chosen, f"{SHORT} {LONG}")
    first, second = chosen.links.all()

    client.post(f"/links/{second.pk}/move/", {"to": "1"})
    assert list(chosen.links.all()) == [second, first]
    client.post(f"/links/{second.pk}/remove/")
    assert list(chosen.links.all()) == [first]


@pytest.mark.parametrize("verb", ["move", "remove"])
def test_links_of_others_do_not_exist(client, chosen, verb):
    [link] = services.add_links(
        submission=chosen, text=SHORT, by=chosen.author, at=IN_JUNE
    )
    client.force_login(CitizenFactory())

    assert client.post(f"/links/{link.pk}/{verb}/").status_code == 404
    assert chosen.links.exists()


def test_staff_watch_it_from_the_screening_page(
    client, contest, chosen, django_capture_on_commit_callbacks
):
    client.force_login(make_worker(contest, Role.REVIEWER))
    work = hand_in(chosen, django_capture_on_commit_callbacks)

    page = client.get(f"/screening/{work.pk}/").content.decode()

    assert SHORT in page


def hand_in(draft, capture) -> Submission:
    acting = {"submission": draft, "by": draft.author, "at": IN_JUNE}
    book = draft.rulebook_version.rulebook
    services.add_links(text=SHARE_TEXT, **acting)
    services.update_draft(
        title="早班骑手",
        story=STORY,
        entrant_name="示例作者",
        ai_use=Submission.AiUse.NONE,
        **acting,
    )
    services.set_authors(names=["示例作者"], **acting)
    services.declare(keys={each.key for each in book.declarations}, **acting)
    with capture(execute=True):
        services.submit(**acting)
    draft.refresh_from_db()
    return draft


# --- Through the API -----------------------------------------------------------------
@pytest.fixture
def program(client, contest):
    citizen = CitizenFactory()
    _token, secret = issue_token(user=citizen, channel="alipay_mini_program")

    def call(address, body=None):
        headers = {"authorization": f"Token {secret}", "accept-language": "en"}
        return client.post(
            f"/api/v1/{address}",
            body or {},
            content_type="application/json",
            headers=headers,
        )

    return call


def test_a_program_hands_a_link_in(program, django_capture_on_commit_callbacks):
    details = DETAILS | {"declarations": [*DETAILS["declarations"], "promotion"]}
    pk = program("submissions/", details).json()["id"]
    added = program(f"submissions/{pk}/links/", {"text": SHARE_TEXT})
    with django_capture_on_commit_callbacks(execute=True):
        answer = program(f"submissions/{pk}/submit/")

    work = Submission.objects.get()
    assert (added.status_code, answer.status_code) == (201, 200)
    assert [link["url"] for link in added.json()["links"]] == [SHORT]
    assert (work.state, work.channel) == (State.SCREENING, "alipay_mini_program")
    assert work.receipts.get().document["links"]

    accept(work)

    assert work.state == State.ACCEPTED


def test_a_program_orders_and_removes_links(program):
    pk = program("submissions/", DETAILS).json()["id"]
    added = program(f"submissions/{pk}/links/", {"text": f"{SHORT} {LONG}"}).json()
    first, second = (link["id"] for link in added["links"])

    moved = program(f"links/{second}/move/", {"to": 1}).json()
    removed = program(f"links/{second}/remove/").json()

    assert [link["id"] for link in moved["links"]] == [second, first]
    assert [link["id"] for link in removed["links"]] == [first]


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 400, "invalid"),
        ("没有链接", 409, "LNK-ADDRESS-MISSING"),
        ("https://example.org/", 409, "LNK-ADDRESS-OTHER"),
        (f"{SHORT} " * 2 + "https://v.douyin.com/a" * 1, 201, None),
        (
            " ".join(f"https://v.douyin.com/aaaa{n}/" for n in range(7)),
            409,
            "LNK-COUNT-MANY",
        ),
    ],
)
def test_texts_that_programs_send(program, text, status, code):
    pk = program("submissions/", DETAILS).json()["id"]

    answer = program(f"submissions/{pk}/links/", {"text": text})

    assert (answer.status_code, answer.json().get("code")) == (status, code)


def test_links_of_strangers_do_not_exist(program, chosen):
    [link] = services.add_links(
        submission=chosen, text=SHORT, by=chosen.author, at=IN_JUNE
    )

    answers = [
        program(f"submissions/{chosen.pk}/links/", {"text": LONG}).status_code,
        program(f"links/{link.pk}/move/", {"to": 1}).status_code,
        program(f"links/{link.pk}/remove/").status_code,
    ]

    assert answers == [404, 404, 404]


# --- The notice's figures -------------------------------------------------------------
@pytest.mark.parametrize(
    ("story", "fits"),
    [
        ("字" * 200, True),
        ("字" * 201, False),
        ("字 " * 200, True),  # a space is no character
        ("，" * 100 + "a1" * 50, True),  # marks, letters and figures are, one by one
        ("，" * 100 + "a1" * 50 + "。", False),
    ],
)
def test_a_synopsis_of_two_hundred_characters_fits(contest, story, fits):
    defaults = contest.rulebook.defaults

    if fits:
        validate_story(story, defaults)
        return
    with pytest.raises(ValidationError) as refusal:
        validate_story(story, defaults)
    assert refusal.value.code == "FRM-STORY-LONG"


def test_five_authors_are_named_and_not_six(contest):
    defaults = contest.rulebook.defaults

    validate_authors(["王小荷"] * 5, defaults)
    with pytest.raises(ValidationError) as refusal:
        validate_authors(["王小荷"] * 6, defaults)

    assert refusal.value.code == "FRM-AUTHORS-MANY"
