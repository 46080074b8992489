"""Names of files as a client writes them into a form, byte by byte, to page and API.

What tus carries is tested beside it (uploads/test_hostile.py, uploads/test_hooks.py).
"""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTION_DAY,
    make_contest,
    make_draft,
    picture_bytes,
)

ADDRESSES = {
    "page": "/submissions/{}/files/",
    "API": "/api/v1/submissions/{}/files/",
}
CONTENT = picture_bytes(size=(1600, 1200))


@pytest.fixture
def draft(db, settings, media_folder):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_draft(make_contest(), author=CitizenFactory())


def sent(draft, address, name: bytes):
    browser = Client()
    browser.force_login(draft.author)
    browser.cookies["django_language"] = "en"
    return send(browser, address.format(draft.pk), name)


def send(browser, address, name: bytes, *, accept="application/json"):
    body = (
        b"--frontier\r\n"
        b'Content-Disposition: form-data; name="file"; filename="' + name + b'"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + CONTENT + b"\r\n--frontier--\r\n"
    )
    return browser.post(
        address,
        data=body,
        content_type="multipart/form-data; boundary=frontier",
        headers={"Accept": accept},
    )


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (b"../../../etc/cron.d/a.jpg", "a.jpg"),
        (b"..\\..\\a.jpg", "a.jpg"),
        (b"/etc/passwd", "passwd"),
        (b"a\0.php.jpg", "a.php.jpg"),
        ("photo\u202egpj.exe".encode(), "photogpj.exe"),
        (b"&#8238;gpj.exe", "gpj.exe"),
        (b"&#46;&#46;&#47;a.jpg", "a.jpg"),
        (b"x" * 700 + b".jpg", "x" * 251 + ".jpg"),
    ],
    ids=[
        *("up", "windows", "root", "nul", "rtl", "written rtl", "written up"),
        "long",
    ],
)
def test_a_name_in_a_form_is_only_what_can_be_seen_of_it(draft, address, name, kept):
    sent(draft, address, name)

    file = draft.media_files.get()
    assert file.original_name == kept
    assert file.file.name == f"originals/{file.token.hex[:2]}/{file.token.hex}"
    assert file.file.read() == CONTENT


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        (b"x" * 4096 + b".jpg", "file_name_long"),
        (b"\xff\xfea.jpg", "file_missing"),
        (b"..", "file_missing"),
        (b"", "file_missing"),
    ],
    ids=["4 kB", "no text", "dots", "none"],
)
def test_what_no_file_can_be_called_is_refused_and_nothing_stored(
    draft, address, name, code, tmp_path
):
    answer = sent(draft, address, name)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert draft.media_files.count() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_name_too_long_to_be_sent_is_said_on_the_page(draft):
    browser = Client()
    browser.force_login(draft.author)
    browser.cookies["django_language"] = "en"
    page = ADDRESSES["page"].format(draft.pk)

    answer = send(browser, page, b"x" * 4096 + b".jpg", accept="text/html")

    assert [str(each) for each in get_messages(answer.wsgi_request)] == [
        "The name of this file is too long to be sent. Please give it a shorter name "
        "and choose it again."
    ]
    assert answer.status_code == 302
