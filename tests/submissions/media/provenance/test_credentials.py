"""Content credentials, signed here and read back, and what is never fetched."""

import io
import json
import socket
import subprocess
import sys
import threading
from shutil import which

import pytest

from submissions.media.apart import client
from submissions.media.examine import examine
from submissions.media.facts import Credentials
from submissions.media.provenance import credentials
from tests.submissions.media import makers, phones
from tests.submissions.media.categories import GRAPHIC, PHOTO, SHORT_VIDEO
from tests.submissions.media.signing import SIGNER, action, chain, signed

TAKEN = action("created", "digitalCapture")


def photograph() -> bytes:
    return phones.photo(exif=phones.android("Google", "Pixel 10"))


def read(data, **options):
    return credentials.read_credentials(io.BytesIO(data), "image/jpeg", **options)


def judged(tmp_path, data, category=PHOTO):
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    examination = examine(path, category=category)
    codes = [finding.code.value for finding in examination.findings]
    return examination.verdict.value, codes, examination.facts


def spoiled(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_what_a_camera_signed_is_read():
    facts = read(signed(photograph(), TAKEN))

    assert facts == Credentials(
        c2pa_state="untrusted",
        c2pa_signer=SIGNER,
        c2pa_generator="Example Firmware 1.2",
        c2pa_source_type="digitalCapture",
        c2pa_actions=("c2pa.created",),
    )


def test_a_signer_is_known_where_the_operator_trusts_its_root():
    _leaf, root, _key = chain()

    facts = read(signed(photograph(), TAKEN), anchors=root.decode())

    assert facts.c2pa_state == "valid"


def test_a_signed_photograph_passes_and_is_told(tmp_path):
    verdict, codes, facts = judged(tmp_path, signed(photograph(), TAKEN))

    assert (verdict, codes) == ("passed", ["IMG-CREDENTIALS-FOUND"])
    assert (facts.has_c2pa, facts.c2pa_state) == (True, "untrusted")


@pytest.fixture
def trusting(monkeypatch, tmp_path):
    """Has pictures looked at by processes that are given this list of roots."""

    def trust(pem: bytes):
        path = tmp_path / "roots.pem"
        path.write_bytes(pem)
        monkeypatch.setenv("C2PA_TRUST_LIST", str(path))
        monkeypatch.setattr(client, "_servers", servers)

    servers = client.Servers()
    yield trust
    for each in servers.idle:
        each.end()


def test_with_a_trust_list_a_known_signer_is_told_from_others(tmp_path, trusting):
    _leaf, root, _key = chain()
    trusting(b"# Example Root\n" + root)

    verdict, codes, facts = judged(tmp_path, signed(photograph(), TAKEN))

    assert (verdict, codes) == ("passed", ["IMG-CREDENTIALS-FOUND"])
    assert facts.c2pa_state == "valid"


def test_with_a_trust_list_that_cannot_be_read_nobody_is_trusted(tmp_path, trusting):
    trusting(b"Example Root")

    _verdict, _codes, facts = judged(tmp_path, signed(photograph(), TAKEN))

    assert facts.c2pa_state == "untrusted"


@pytest.mark.parametrize("place", ["picture", "claim", "signature"])
def test_a_file_changed_after_signing_is_left_to_a_person(tmp_path, place):
    data = signed(photograph(), TAKEN)
    at = {
        "picture": len(data) - 2000,
        "claim": data.index(b"digitalCapture"),
        "signature": data.index(b"c2pa.signature") + 200,
    }

    verdict, codes, facts = judged(tmp_path, spoiled(data, at[place]))

    assert facts.c2pa_state == "invalid"
    assert verdict == "review"
    assert "IMG-CREDENTIALS-INVALID" in codes


def test_credentials_of_noise_are_left_to_a_person(tmp_path):
    body = b"JP\0\1\0\0\0\1" + b"\0\0\4\0jumb\0\0\0\x19jumdc2pa" + phones.noise(1000)
    data = phones.with_segment(photograph(), 0xEB, body)

    verdict, codes, _facts = judged(tmp_path, data)

    assert (verdict, codes) == ("review", ["IMG-CREDENTIALS-UNREADABLE"])


def test_a_claim_that_is_badly_made_is_not_taken_for_a_changed_picture():
    """The first step must say its origin; leaving it out changes no picture."""
    data = signed(photograph(), action("created"))

    assert read(data).c2pa_state == "unreadable"


@pytest.mark.parametrize(
    ("failures", "state"),
    [
        (["signingCredential.untrusted", "assertion.dataHash.mismatch"], "invalid"),
        (["claimSignature.missing"], "invalid"),
        (["signingCredential.expired", "claimSignature.outsideValidity"], "untrusted"),
        (["assertion.action.malformed"], "unreadable"),
        ([], "unreadable"),
    ],
)
def test_why_a_claim_fails_decides_what_is_said(failures, state, monkeypatch):
    results = {"activeManifest": {"failure": [{"code": each} for each in failures]}}
    report = {"validation_state": "Invalid", "validation_results": results}
    monkeypatch.setattr(
        credentials.c2pa.Reader, "json", lambda reader: json.dumps(report)
    )

    assert read(signed(makers.jpeg_bytes(), TAKEN)).c2pa_state == state


def test_signed_edits_are_left_to_a_person(tmp_path):
    data = signed(photograph(), TAKEN, action("cropped"), action("color_adjustments"))

    verdict, codes, _facts = judged(tmp_path, data)

    assert (verdict, codes) == ("review", ["IMG-CREDENTIALS-EDITED"])


@pytest.mark.parametrize(
    "kind", ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"]
)
@pytest.mark.parametrize("category", [PHOTO, GRAPHIC])
def test_a_picture_signed_as_made_by_ai_is_left_to_a_person(tmp_path, kind, category):
    data = signed(photograph(), action("opened"), action("created", kind))

    verdict, codes, facts = judged(tmp_path, data, category)

    assert verdict == "review"
    assert "IMG-SOURCE-GENERATED" in codes
    assert facts.c2pa_source_type == kind


@pytest.fixture
def listener():
    """An address where somebody would hear of a fetch."""
    heard = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)

    def listen():
        while not done.is_set():
            try:
                connection, _address = server.accept()
            except TimeoutError:
                continue
            heard.append(connection)
            connection.close()

    done = threading.Event()
    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/elsewhere.c2pa", heard
    done.set()
    thread.join()
    server.close()


def test_credentials_that_lie_elsewhere_are_named_and_never_fetched(tmp_path, listener):
    address, heard = listener
    data = signed(photograph(), TAKEN, lies_at=address)

    verdict, codes, facts = judged(tmp_path, data)

    assert address.encode() in data
    assert facts.c2pa_state == "remote"
    assert (verdict, codes) == ("passed", ["IMG-CREDENTIALS-FOUND"])
    assert heard == []


@pytest.mark.skipif(which("strace") is None, reason="nothing here traces system calls")
def test_reading_credentials_opens_no_socket_and_no_other_file(tmp_path, listener):
    address, _heard = listener
    paths = [tmp_path / "inside.jpg", tmp_path / "elsewhere.jpg"]
    paths[0].write_bytes(signed(photograph(), TAKEN))
    paths[1].write_bytes(signed(photograph(), TAKEN, lies_at=address))
    trace = tmp_path / "trace"
    code = (
        "import sys;"
        "from submissions.media.provenance.credentials import read_credentials as read;"
        "[print(read(open(path, 'rb'), 'image/jpeg').c2pa_state)"
        " for path in sys.argv[1:]]"
    )
    command = ["strace", "-f", "-e", "trace=network,openat", "-o", trace]

    ended = subprocess.run(
        [*command, sys.executable, "-c", code, *paths],
        capture_output=True,
        text=True,
        check=True,
    )

    calls = trace.read_text()
    assert ended.stdout.split() == ["untrusted", "remote"]
    assert "socket(" not in calls
    after = calls[calls.index("inside.jpg") :].splitlines()
    opened = {line.split('"')[1] for line in after if "openat(" in line}
    assert {path for path in opened if not path.startswith(("/proc/", "/sys/"))} <= set(
        map(str, paths)
    )


@pytest.mark.parametrize(
    "report", ["[]", '{"manifests": 3}', '{"manifests": {"a": 1}}']
)
def test_a_report_of_another_shape_is_unreadable(report, monkeypatch):
    monkeypatch.setattr(credentials.c2pa.Reader, "json", lambda reader: report)

    assert read(signed(makers.jpeg_bytes(), TAKEN)) == Credentials(
        c2pa_state="unreadable"
    )


# --- Films, and files that break the reader ----------------------------------------
@pytest.fixture(scope="module")
def film(plain_film):
    return plain_film.read_bytes()


def looked_at(tmp_path, data):
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    examination = examine(path, category=SHORT_VIDEO)
    codes = {finding.code.value for finding in examination.findings}
    return examination.verdict.value, codes, examination.facts


def test_a_signed_film_passes(tmp_path, film):
    verdict, codes, facts = looked_at(
        tmp_path, signed(film, TAKEN, mime_type="video/mp4")
    )

    assert (verdict, codes) == ("passed", set())
    assert (facts.c2pa_state, facts.c2pa_signer) == ("untrusted", SIGNER)


def test_a_film_changed_after_signing_passes_and_reviewers_are_told(tmp_path, film):
    """Films are to be edited: a broken seal is no fault, and stands among the facts."""
    data = signed(film, TAKEN, mime_type="video/mp4")
    at = data.index(b"mdat") + 5000

    verdict, _codes, facts = looked_at(tmp_path, spoiled(data, at))

    assert facts.c2pa_state == "invalid"
    assert verdict != "failed"


def test_a_film_signed_as_made_by_ai_is_left_to_a_person(tmp_path, film):
    made = action("created", "trainedAlgorithmicMedia")

    verdict, codes, _facts = looked_at(
        tmp_path, signed(film, made, mime_type="video/mp4")
    )

    assert (verdict, codes) == ("review", {"VID-SOURCE-GENERATED"})


def test_a_file_that_breaks_the_reader_is_no_worse_than_an_unreadable_one(
    tmp_path, monkeypatch
):
    data = signed(photograph(), TAKEN)
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    look = client.Servers.look

    def broken(servers, file, request):
        answer, end = look(servers, file, request)
        is_about = request["is_about"]
        return (
            (answer, end) if is_about == "picture" else (b"", end | {"returncode": -6})
        )

    monkeypatch.setattr(client.Servers, "look", broken)

    examination = examine(path, category=PHOTO)

    assert [finding.code.value for finding in examination.findings] == [
        "IMG-CREDENTIALS-UNREADABLE"
    ]
