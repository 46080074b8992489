"""tusd's hooks, as it sends them: the same rules, and the same end, by other hands."""

import base64
import hashlib
import json

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import AccessToken
from accounts.tokens import issue_token
from submissions.models import MediaFile, Upload
from submissions.states import UploadState
from submissions.uploads import tasks
from tests import object_store
from tests.factories.submissions import COLLECTING, make_draft, picture_bytes
from tests.submissions.uploads.protocol import described

BUCKET = "works"
SECRET = "between-tusd-and-us"
HOOKS = "/api/v1/uploads/tusd-hooks/"
CONTENT = picture_bytes(size=(800, 600))
MULTIPART = "JvB0Z.9w8f3ZbB"


@pytest.fixture(scope="module")
def running_store():
    with object_store.running(BUCKET) as storage:
        yield storage


@pytest.fixture(autouse=True)
def store(running_store, monkeypatch, settings):
    """The portal's files lie in the object store, as in production."""
    settings.TUSD_HOOK_SECRET = SECRET
    monkeypatch.setattr(default_storage, "_wrapped", running_store)
    monkeypatch.setattr(MediaFile._meta.get_field("file"), "storage", running_store)
    running_store.bucket.objects.all().delete()
    return running_store


@pytest.fixture
def token(draft):
    return issue_token(user=draft.author, channel=AccessToken.Channel.values[0])[1]


@pytest.fixture
def tusd(draft, token):
    return Tusd(draft, {"Authorization": [f"Token {token}"]})


class Tusd:
    """Sends what tusd 2 sends, for one client with the headers given."""

    def __init__(self, draft, headers):
        self.draft = draft
        self.headers = headers

    def tell(self, kind, *, secret=SECRET, **upload):
        password = base64.b64encode(f"tusd:{secret}".encode()).decode()
        return Client().post(
            HOOKS,
            json.dumps({"Type": kind, "Event": self.event(upload)}),
            content_type="application/json",
            headers={"Authorization": f"Basic {password}"},
        )

    def event(self, upload):
        details = {"filename": "桥.jpg", "submission": str(self.draft.pk)}
        details |= upload.pop("details", {})
        return {
            "Upload": {
                "ID": "",
                "Size": len(CONTENT),
                "SizeIsDeferred": False,
                "Offset": 0,
                "MetaData": details,
                "IsPartial": False,
                "IsFinal": False,
                "PartialUploads": None,
                "Storage": None,
            }
            | upload,
            "HTTPRequest": {
                "Method": "POST",
                "URI": "/api/v1/uploads/",
                "RemoteAddr": "172.18.0.5:41234",
                "Header": {
                    "Host": ["testserver"],
                    "Tus-Resumable": ["1.0.0"],
                    "Upload-Length": [str(len(CONTENT))],
                    "Upload-Metadata": [described(**details)],
                    "X-Forwarded-Proto": ["https"],
                }
                | self.headers,
            },
        }

    def begun(self, **upload) -> Upload:
        answer = self.tell("pre-create", **upload).json()
        return Upload.objects.get(token=answer["ChangeFileInfo"]["ID"])

    def finished(self, upload):
        return self.tell("post-finish", **stored(upload))


def stored(upload, offset=None):
    return {
        "ID": f"{upload.token}+{MULTIPART}",
        "Offset": len(CONTENT) if offset is None else offset,
        "Storage": {
            "Type": "s3store",
            "Bucket": BUCKET,
            "Key": f"uploads/{upload.token}",
        },
    }


def put(store, upload, content=CONTENT):
    """What tusd leaves in the store with the last byte."""
    for suffix, body in {"": content, ".info": b"{}"}.items():
        store.bucket.put_object(Key=f"uploads/{upload.token}{suffix}", Body=body)


def keys_in(store) -> list[str]:
    return sorted(each.key for each in store.bucket.objects.all())


def rejection_of(response):
    answer = response.json()
    told = answer["HTTPResponse"]
    return (
        answer["RejectUpload"],
        told["StatusCode"],
        json.loads(told["Body"])["code"],
        told["Header"]["Content-Type"],
    )


def test_an_upload_begins_under_the_number_we_give_it(tusd, draft):
    upload = tusd.begun()

    assert (upload.store, upload.state) == (Upload.Store.TUSD, UploadState.RECEIVING)
    assert (upload.owner, upload.submission) == (draft.author, draft)
    assert (upload.original_name, upload.size_bytes) == ("桥.jpg", len(CONTENT))
    assert upload.metadata == described(filename="桥.jpg", submission=draft.pk)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/cron.d/a.jpg", "a.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("x" * 300 + ".jpg", "x" * 251 + ".jpg"),
    ],
    ids=["up", "rtl", "long"],
)
def test_a_name_is_only_what_can_be_seen_of_it(tusd, name, kept):
    assert tusd.begun(details={"filename": name}).original_name == kept


def test_a_session_with_its_pages_token_opens_the_door_too(draft):
    client = Client()
    client.force_login(draft.author)
    session = client.cookies["sessionid"].value
    cookie = f"sessionid={session}; csrftoken={'t' * 32}"
    headers = {
        "Cookie": [cookie],
        "X-Csrftoken": ["t" * 32],
        "Origin": ["http://testserver"],
    }

    assert Tusd(draft, headers).begun().owner == draft.author


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, "not_authenticated"),
        ({"Authorization": ["Token wrong"]}, 401, "authentication_failed"),
    ],
)
def test_who_is_not_known_begins_nothing(draft, headers, status, code):
    response = Tusd(draft, headers).tell("pre-create")

    assert rejection_of(response) == (True, status, code, "application/json")
    assert not Upload.objects.exists()


def test_a_session_without_its_pages_token_begins_nothing(draft):
    client = Client()
    client.force_login(draft.author)
    cookie = f"sessionid={client.cookies['sessionid'].value}"

    response = Tusd(draft, {"Cookie": [cookie]}).tell("pre-create")

    assert rejection_of(response)[1:3] == (403, "csrf_failed")


@pytest.mark.parametrize(
    ("upload", "status", "code"),
    [
        ({"Size": 1024 * 1024 + 1}, 413, "FRM-FILE-LARGE"),
        ({"Size": 0}, 403, "FRM-FILE-EMPTY"),
        ({"SizeIsDeferred": True, "Size": 0}, 400, "upload_invalid"),
        ({"IsPartial": True}, 400, "upload_invalid"),
        ({"details": {"submission": "404404"}}, 404, "not_found"),
    ],
)
def test_the_rules_are_those_of_our_own_endpoint(tusd, upload, status, code):
    response = tusd.tell("pre-create", **upload)

    assert rejection_of(response) == (True, status, code, "application/json")


def test_somebody_elses_work_does_not_exist(tusd, draft):
    tusd.draft = make_draft(draft.contest)

    assert rejection_of(tusd.tell("pre-create"))[1:3] == (404, "not_found")


@pytest.mark.parametrize("secret", ["", "another"])
def test_who_does_not_know_the_secret_finds_nothing(tusd, settings, secret):
    wrong = tusd.tell("pre-create", secret=secret)
    settings.TUSD_HOOK_SECRET = ""
    off = tusd.tell("pre-create", secret="")

    assert (wrong.status_code, off.status_code) == (404, 404)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"Type": "pre-create", "Event": {}}']
)
def test_what_is_no_hook_is_400(body):
    password = base64.b64encode(f"tusd:{SECRET}".encode()).decode()

    response = Client().post(
        HOOKS,
        body,
        content_type="application/json",
        headers={"Authorization": f"Basic {password}"},
    )

    assert response.status_code == 400


def test_progress_is_told_with_the_address_under_tusd(tusd, token):
    upload = tusd.begun()

    tusd.tell("post-create", **stored(upload, offset=0))
    tusd.tell("post-receive", **stored(upload, offset=300))

    client = Client(headers={"Authorization": f"Token {token}"})
    url = f"/api/v1/uploads/{upload.token}+{MULTIPART}"
    status = client.get(url).json()
    assert (status["url"], status["offset_bytes"]) == (url, 300)


def test_an_upload_given_up_is_stopped(tusd):
    upload = tusd.begun()
    Upload.objects.update(state=UploadState.ENDED)

    answer = tusd.tell("post-receive", **stored(upload, offset=300)).json()

    assert answer == {"StopUpload": True}


def test_what_has_arrived_is_moved_inside_the_store_and_becomes_a_file(
    tusd, store, draft, django_capture_on_commit_callbacks
):
    upload = tusd.begun()
    put(store, upload)

    with django_capture_on_commit_callbacks(execute=True):
        answer = tusd.finished(upload)

    file = draft.media_files.get()
    upload.refresh_from_db()
    originals = [key for key in keys_in(store) if not key.startswith("derivatives/")]
    assert (answer.status_code, upload.state) == (200, UploadState.FINISHED)
    assert file.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert file.file.read() == CONTENT
    assert originals == [file.file.name]


def test_a_hook_that_comes_twice_makes_one_file(
    tusd, store, draft, django_capture_on_commit_callbacks
):
    upload = tusd.begun()
    put(store, upload)

    with django_capture_on_commit_callbacks(execute=True):
        tusd.finished(upload)
        tusd.finished(upload)

    assert draft.media_files.count() == 1


def test_a_hook_that_never_came_is_made_up_for(
    tusd, store, draft, django_capture_on_commit_callbacks
):
    upload = tusd.begun()
    put(store, upload)
    Upload.objects.update(touched_at=COLLECTING.replace(year=2020))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_uploads()

    assert draft.media_files.count() == 1


def test_fewer_bytes_than_announced_are_no_file(
    tusd, store, draft, django_capture_on_commit_callbacks
):
    upload = tusd.begun()
    put(store, upload, CONTENT[:-1])

    with django_capture_on_commit_callbacks(execute=True):
        tusd.finished(upload)

    upload.refresh_from_db()
    assert (upload.state, upload.refusal_code) == (UploadState.REFUSED, "upload_lost")
    assert not draft.media_files.exists()


def test_what_a_person_takes_back_is_removed_from_the_store(
    tusd, store, django_capture_on_commit_callbacks
):
    upload = tusd.begun()
    put(store, upload)

    with django_capture_on_commit_callbacks(execute=True):
        tusd.tell("post-terminate", **stored(upload, offset=300))

    upload.refresh_from_db()
    assert (upload.state, keys_in(store)) == (UploadState.ENDED, [])


def test_a_staging_file_goes_into_the_object_store_as_well(
    tus, store, draft, django_capture_on_commit_callbacks
):
    url = tus.begun(len(CONTENT))

    with django_capture_on_commit_callbacks(execute=True):
        tus.patch(url, 0, CONTENT)

    file = draft.media_files.get()
    assert tus.status(url)["state"] == "finished"
    assert store.open(file.file.name).read() == CONTENT
