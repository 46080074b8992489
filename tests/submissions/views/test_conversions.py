"""The owner of a film sees its conversion, stops it and begins it again."""

import pytest

from submissions.media.jobs.claims import CONVERSIONS
from submissions.models import Conversion
from submissions.states import ConversionState, State
from tests.factories.submissions import make_draft, make_handed_in, make_media_file

QUEUED, RUNNING = ConversionState.QUEUED, ConversionState.RUNNING
CANCELLED, ERRORED = ConversionState.CANCELLED, ConversionState.ERRORED
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """The rows are looked at as they are left for a worker."""
    monkeypatch.setattr("submissions.services.conversions.send_to_conversion", list)


def film_of(submission, *, state=QUEUED, **fields):
    media_file = make_media_file(submission)
    CONVERSIONS.enqueue(media_file, reasons=["codec", "hdr"])
    Conversion.objects.filter(media_file=media_file).update(state=state, **fields)
    return media_file


@pytest.fixture
def draft(contest, citizen):
    film = contest.categories.get(key="film")
    return make_draft(contest, author=citizen, category=film)


def address(media_file, action=""):
    return f"/files/{media_file.pk}/conversion/{action}"


def state_of(media_file):
    return Conversion.objects.get(media_file=media_file).state


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_page_asks_again_every_two_seconds_while_it_runs(visit, draft):
    media_file = film_of(draft, state=RUNNING, share_done=0.428)

    page = text_of(visit(draft.author).get(address(media_file)))

    assert "every browser plays it: 42 %" in page
    assert 'value="42" max="100"' in page
    assert f'hx-get="{address(media_file)}" hx-trigger="every 1s"' in page
    assert "high dynamic range" in page


@pytest.mark.parametrize(
    ("state", "words", "button"),
    [
        (QUEUED, "waits for its turn", "stop"),
        (RUNNING, "Being converted", "stop"),
        (CANCELLED, "was stopped", "again"),
        (ERRORED, "our fault", ""),
        (ConversionState.FINISHED, "can play it now", ""),
    ],
)
def test_each_state_has_its_sentence_and_its_button(visit, draft, state, words, button):
    media_file = film_of(draft, state=state)

    page = text_of(visit(draft.author).get(address(media_file)))

    assert words in page
    for action in ("stop", "again"):
        assert (f"conversion/{action}/" in page) == (action == button)


@pytest.mark.parametrize("page", ["/submissions/{}/", "/submissions/{}/edit/files/"])
def test_it_stands_beside_the_file(visit, draft, page):
    film_of(draft, state=RUNNING)

    assert "Being converted" in text_of(visit(draft.author).get(page.format(draft.pk)))


def test_a_picture_has_nothing_to_tell(visit, draft):
    media_file = make_media_file(draft)
    CONVERSIONS.enqueue(media_file, reasons=[])

    assert visit(draft.author).get(address(media_file)).status_code == 404


@pytest.mark.parametrize("action", ["", "stop/", "again/"])
def test_it_is_nobody_elses(visit, stranger, draft, action):
    media_file = film_of(draft)
    browser = visit(stranger)
    ask = browser.post if action else browser.get

    assert ask(address(media_file, action)).status_code == 404
    assert state_of(media_file) == QUEUED


def test_stopping_goes_back_to_the_files(visit, draft):
    media_file = film_of(draft, state=RUNNING)

    response = visit(draft.author).post(address(media_file, "stop/"))

    assert response["Location"] == f"/submissions/{draft.pk}/edit/files/#files"
    assert state_of(media_file) == CANCELLED


def test_with_script_the_line_changes_in_place(visit, draft):
    media_file = film_of(draft, state=RUNNING)

    response = visit(draft.author).post(
        address(media_file, "stop/?form"), headers={"HX-Request": "true"}
    )

    page = text_of(response)
    assert "was stopped" in page
    assert f'formaction="{address(media_file, "again/")}"' in page


def test_a_handed_in_film_is_converted_to_the_end(visit, contest, citizen):
    work = make_handed_in(contest, author=citizen, state=State.SCREENING)
    media_file = film_of(work, state=RUNNING)

    response = visit(citizen).post(
        address(media_file, "stop/"), headers={"HX-Request": "true"}
    )

    assert "judges need the copy" in text_of(response)
    assert state_of(media_file) == RUNNING


def test_it_begins_again_with_all_its_tries(visit, draft):
    media_file = film_of(draft, state=CANCELLED, attempts=3, share_done=0.5)

    visit(draft.author).post(address(media_file, "again/"))

    found = Conversion.objects.get(media_file=media_file)
    assert (found.state, found.attempts, found.share_done) == (QUEUED, 0, 0.0)
    assert found.reasons == ["codec", "hdr"]
