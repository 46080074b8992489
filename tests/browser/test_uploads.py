"""Files on bad lines: the network is really cut, the server really killed, and what
arrives is the file that was chosen, byte for byte."""

import hashlib
import os
import re
import shutil
import time

import pytest
from django.conf import settings as portal
from django.db import connection
from playwright.sync_api import expect

from contests import clock
from submissions import services
from submissions.models import MediaFile, Submission, Upload
from submissions.states import UploadState
from submissions.steps import step_url
from tests.browser import wizard
from tests.browser.cutting import Network
from tests.browser.files import make_photo
from tests.browser.killable import WebServer
from tests.browser.looking import look_at
from tests.browser.watching import watch_of
from tests.factories.accounts import CitizenFactory

MIB = 1024 * 1024
CHUNK = 8 * MIB
SIZE = 20 * MIB  # more than two pieces and what a closed browser's line still holds
SLOW = 8 * MIB
PATIENCE_S = 40
CARD = ".upload-card"
ON_MOBILE_DATA = """
const line = new EventTarget();
line.type = "cellular";
Object.defineProperty(navigator, "connection", { get: () => line });
"""


@pytest.fixture
def screen():
    """The screen matters little here; the journeys see to it."""
    return "phone"


@pytest.fixture
def citizen():
    return CitizenFactory(full_name="王小荷")


@pytest.fixture
def server(contest, tmp_path):
    """A web server of its own on the data of the test."""
    given = {
        "database": connection.settings_dict["NAME"],
        "today": portal.DEMO_TODAY,
        "folders": {
            "MEDIA_ROOT": portal.MEDIA_ROOT,
            "UPLOAD_STAGING_DIR": tmp_path / "staging",
            "VAR_DIR": tmp_path,
        },
    }
    running = WebServer(log=tmp_path / "web.log", given=given)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def network(server):
    line = Network(server.port, bytes_per_second=SLOW)
    yield line
    line.close()


@pytest.fixture
def draft(contest, citizen):
    """A draft of photographs, so that several files fit."""
    common = {"by": citizen, "at": clock.now()}
    made = services.create_draft(contest=contest, author=citizen, at=common["at"])
    services.update_draft(
        submission=made,
        unit=contest.units.get(key="city"),
        track=contest.tracks.get(key="public"),
        category=contest.categories.get(key="photo"),
        **common,
    )
    return made


@pytest.fixture
def open_files(new_page, network, draft, citizen):
    """The files step in a browser of its own, on the line that can be cut."""

    def open_it(*, script="", **options):
        page = new_page(user=citizen, origin=network.url, **options)
        watch_of(page).may_lose_connection = True
        page.asked = []
        page.on(
            "dialog", lambda dialog: (page.asked.append(dialog.type), dialog.accept())
        )
        if script:
            page.add_init_script(script)
        page.goto(step_url(draft, "files"))
        look_at(page)
        return page

    return open_it


def agree(page, dialog):
    page.asked.append(dialog.type)
    dialog.accept()


@pytest.fixture
def photo(tmp_path):
    return large_photo(tmp_path / "清晨.jpg")


def large_photo(path, *, size=SIZE):
    """A photograph with much behind its end, which readers pass over."""
    make_photo(path)
    with path.open("ab") as file:
        file.write(os.urandom(size - path.stat().st_size))
    return path


def pick(page, *paths):
    page.locator("form:has(.drop) input[type=file]").set_input_files(list(paths))


def card(page, name=""):
    return page.locator(CARD, has_text=name)


def expect_state(page, state, name=""):
    expect(card(page, name)).to_have_attribute("data-state", state)


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
    return found


def wait_for_bytes(page, network, count):
    """Until so many bytes went out; the page lives on meanwhile."""
    begin = network.sent
    deadline = time.monotonic() + PATIENCE_S
    while network.sent - begin < count:
        assert time.monotonic() < deadline, "no bytes went out"
        page.wait_for_timeout(50)


def expect_arrived(page, *paths):
    """Each file once, as it was chosen, on disk as well."""
    expect(page.locator(".file-card")).to_have_count(len(paths), timeout=40_000)
    expect(card(page)).to_have_count(0)
    expected = sorted(digest(path.read_bytes()) for path in paths)
    files = list(MediaFile.objects.all())
    assert sorted(file.sha256 for file in files) == expected
    assert sorted(digest(file.file.read()) for file in files) == expected
    assert set(Upload.objects.values_list("state", flat=True)) == {UploadState.FINISHED}


def digest(content):
    return hashlib.sha256(content).hexdigest()


# --- The server goes, the network goes -------------------------------------------
def test_upload_goes_on_after_the_server_was_killed(open_files, network, server, photo):
    page = open_files()

    pick(page, photo)
    wait_for_bytes(page, network, 4 * MIB)
    server.kill()
    expect_state(page, "offline")
    look_at(page)
    server.start()

    expect_arrived(page, photo)
    assert network.sent - SIZE < CHUNK + MIB  # at most one piece went out twice


def test_upload_goes_on_by_itself_when_the_network_is_back(open_files, network, photo):
    page = open_files()

    pick(page, photo)
    wait_for_bytes(page, network, 4 * MIB)
    network.cut()
    page.context.set_offline(True)
    expect_state(page, "offline")
    network.mend()
    page.context.set_offline(False)

    expect_arrived(page, photo)
    assert page.title().startswith("上传作品")


def test_lost_answer_to_the_last_bytes_is_no_failure(open_files, network, photo):
    page = open_files()

    network.is_mute_after = SIZE - MIB
    pick(page, photo)
    wait_until(lambda: Upload.objects.filter(state=UploadState.FINISHED).exists())
    network.is_mute_after = None
    network.cut()
    network.mend()

    expect_arrived(page, photo)


# --- Coming back -------------------------------------------------------------------
def test_same_file_goes_on_after_the_page_was_loaded_again(open_files, network, photo):
    page = open_files()

    pick(page, photo)
    expect(page).to_have_title(re.compile(r"^[1-9]\d?% · "))
    wait_for_bytes(page, network, 9 * MIB)
    page.reload()

    expect_state(page, "remembered")
    expect(card(page)).to_contain_text("%")
    look_at(page)
    assert page.asked == ["beforeunload"]
    before = network.sent
    card(page).locator("input[data-does=same]").set_input_files(photo)
    expect_arrived(page, photo)
    assert network.sent - before < SIZE - CHUNK + MIB


def test_same_file_goes_on_in_another_browser_under_another_name(
    open_files, network, photo, tmp_path
):
    first = open_files()
    pick(first, photo)
    wait_for_bytes(first, network, 9 * MIB)
    first.context.close()
    renamed = tmp_path / "改了名字.jpg"
    shutil.copy(photo, renamed)
    os.utime(renamed, (0, 0))
    other = large_photo(tmp_path / "另一张.jpg", size=2 * MIB)

    page = open_files()
    expect_state(page, "remembered")
    card(page).locator("input[data-does=same]").set_input_files(other)
    expect_state(page, "different")
    expect(card(page)).to_contain_text("另一张.jpg")
    look_at(page)
    before = network.sent
    card(page).locator("input[data-does=same]").set_input_files(renamed)

    expect_arrived(page, photo)
    assert network.sent - before < SIZE - CHUNK + MIB


def test_new_file_may_take_the_place_of_the_one_that_began(
    open_files, network, photo, tmp_path
):
    page = open_files()
    pick(page, photo)
    wait_for_bytes(page, network, 2 * MIB)
    page.reload()
    other = large_photo(tmp_path / "另一张.jpg", size=2 * MIB)

    card(page).locator("input[data-does=same]").set_input_files(other)
    card(page).locator("[data-does=fresh]").click()

    expect(page.locator(".file-name")).to_have_text("另一张.jpg")
    states = Upload.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [UploadState.ENDED, UploadState.FINISHED]


# --- Meanwhile ---------------------------------------------------------------------
def test_next_steps_are_open_while_files_are_on_their_way(open_files, network, photo):
    page = open_files()
    pick(page, photo)
    wait_for_bytes(page, network, MIB)

    wizard.go_on(page)
    wizard.at_step(page, "story")
    expect(page.locator(".dock-upload")).to_contain_text("%")
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("[name=title]").fill(wizard.TITLE)
    look_at(page)
    wait_until_in(page, lambda: MediaFile.objects.exists())
    expect(page.locator(".dock-upload")).to_be_hidden()
    page.go_back()

    wizard.at_step(page, "files")
    expect_arrived(page, photo)
    assert Submission.objects.get().title == wizard.TITLE
    assert page.asked == []


def test_what_is_typed_without_network_is_sent_when_it_is_back(
    new_page, network, draft, citizen
):
    page = new_page(user=citizen, origin=network.url)
    watch_of(page).may_lose_connection = True
    page.goto(step_url(draft, "story"))
    look_at(page)

    network.cut()
    page.context.set_offline(True)
    page.locator("[name=title]").fill(wizard.TITLE)
    expect(page.locator(".save-state-late")).to_be_visible()
    wizard.go_on(page)
    expect(page.locator("[name=title]")).to_have_value(wizard.TITLE)
    network.mend()
    with page.expect_response(lambda answer: answer.status in {204, 422}):
        page.context.set_offline(False)

    expect(page.locator(".save-state-late")).to_have_count(0)
    assert Submission.objects.get().title == wizard.TITLE


def wait_until_in(page, condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        page.wait_for_timeout(100)


def test_three_files_travel_at_once_and_one_can_be_paused_and_given_up(
    open_files, network, tmp_path
):
    photos = [
        large_photo(tmp_path / f"{number}.jpg", size=20 * MIB) for number in range(1, 5)
    ]
    page = open_files()

    network.bytes_per_second = MIB // 16  # slow enough to be looked at
    pick(page, *photos)
    expect(page.locator(f"{CARD}[data-state=sending]")).to_have_count(3)
    expect_state(page, "waiting", "4.jpg")
    look_at(page)
    card(page, "1.jpg").locator("[data-does=pause]").click()
    expect_state(page, "paused", "1.jpg")
    expect_state(page, "sending", "4.jpg")
    card(page, "2.jpg").locator("[data-does=stop]").click()
    network.bytes_per_second = SLOW
    expect(page.locator(".file-card")).to_have_count(2, timeout=40_000)
    expect_state(page, "paused", "1.jpg")
    card(page, "1.jpg").locator("[data-does=go]").click()

    expect(page.locator(".file-card")).to_have_count(3, timeout=40_000)
    names = MediaFile.objects.values_list("original_name", flat=True)
    assert list(names) == ["1.jpg", "3.jpg", "4.jpg"]  # as they were chosen
    assert Upload.objects.filter(state=UploadState.RECEIVING).count() == 0


def test_much_mobile_data_is_asked_for_once(open_files, network, tmp_path):
    large = large_photo(tmp_path / "很大.jpg", size=2 * MIB)
    with large.open("ab") as file:
        file.truncate(210 * MIB)
    page = open_files(script=ON_MOBILE_DATA)

    pick(page, large)
    expect_state(page, "asking")
    expect(card(page)).to_contain_text("210 MB")
    look_at(page)
    card(page).locator("[data-does=later]").click()
    expect_state(page, "later")
    assert Upload.objects.count() == 0
    card(page).locator("[data-does=agree]").click()
    expect_state(page, "sending")
    wait_for_bytes(page, network, 3 * MIB)
    card(page).locator("[data-does=stop]").click()
    pick(page, large)

    expect_state(page, "sending")
    card(page).locator("[data-does=stop]").click()
    wait_until_in(page, lambda: set(states()) == {UploadState.ENDED})


def states():
    return Upload.objects.values_list("state", flat=True)


def test_file_of_a_small_size_needs_no_question_on_mobile_data(
    open_files, network, photo
):
    page = open_files(script=ON_MOBILE_DATA)
    offsets = []
    page.on("request", lambda request: offsets.append(offset_of(request)))

    pick(page, photo)

    expect_arrived(page, photo)
    assert list(filter(None, offsets)) == list(range(2 * MIB, SIZE, 2 * MIB))


def offset_of(request):
    return int(request.headers.get("upload-offset", 0))
