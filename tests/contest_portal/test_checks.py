"""What system checks refuse before the portal starts."""

import os
import subprocess
import sys

import pytest

from contest_portal import checks, env
from submissions.media.tools import ffmpeg
from tests.submissions.media.signing import chain

PRODUCTION = env.BASE_DIR / "tests" / "contest_portal" / "production.env"


@pytest.fixture
def production(settings):
    settings.IN_PRODUCTION = True
    settings.DEMO_TODAY = None
    settings.SECRET_KEY = "a-real-one"
    settings.SMS_BACKEND = "accounts.sms.HttpBackend"
    settings.ALLOWED_HOSTS = ["contest.example.org"]
    return settings


def codes():
    return [message.id for message in checks.check_production(None)]


def test_a_finished_production_passes(production):
    assert codes() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEMO_TODAY", "2031-05-20", "E001"),
        ("SECRET_KEY", f"{env.DEMONSTRATION_SECRET}-secret_key", "E002"),
        ("SMS_BACKEND", "accounts.sms.ConsoleBackend", "E003"),
        ("ALLOWED_HOSTS", ["*"], "E004"),
    ],
)
def test_what_belongs_to_the_demonstration_is_refused(name, value, code, production):
    setattr(production, name, value)

    assert codes() == [f"contest_portal.{code}"]


def test_the_demonstration_may_have_all_of_it(settings):
    settings.DEMO_TODAY = "2031-05-20"

    assert codes() == []


def test_mail_that_is_only_printed_is_a_warning(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    found = [message.id for message in checks.check_mail(None)]

    assert found == ["contest_portal.W001"]


def test_a_file_system_cannot_sign_addresses(settings):
    settings.MEDIA_DELIVERY = "signed-url"

    found = [message.id for message in checks.check_media_delivery(None)]

    assert found == ["contest_portal.E010"]


def test_a_list_of_certificates_is_one(monkeypatch, tmp_path):
    path = tmp_path / "roots.pem"
    path.write_bytes(b"# Example Root\n" + chain()[1] * 2)
    monkeypatch.setenv("C2PA_TRUST_LIST", str(path))

    assert checks.check_trust_list(None) == []


@pytest.mark.parametrize("content", [None, b"", b"Example Root", b"\xff\xfe"])
def test_a_list_that_is_none_stops_the_start(monkeypatch, tmp_path, content):
    path = tmp_path / "roots.pem"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("C2PA_TRUST_LIST", str(path))

    found = checks.check_trust_list(None)

    assert [message.id for message in found] == ["contest_portal.E011"]
    assert str(path) in found[0].msg


def test_the_tools_of_the_packages_are_new_enough(monkeypatch):
    monkeypatch.setenv("FFMPEG_BINARY", ffmpeg.ffmpeg_binary())
    monkeypatch.setenv("FFPROBE_BINARY", ffmpeg.ffprobe_binary())

    assert checks.check_media_tools(None) == []


def test_an_ffmpeg_of_long_ago_stops_the_start(monkeypatch, tmp_path, in_english):
    """It would fail with every film that has to be converted."""
    old = tmp_path / "ffmpeg"
    old.write_text("#!/bin/sh\necho Input:; echo file; echo pipe; echo Output:\n")
    old.chmod(0o755)
    monkeypatch.setenv("FFMPEG_BINARY", str(old))
    monkeypatch.setenv("FFPROBE_BINARY", "/nowhere/ffprobe")

    found = checks.check_media_tools(None)

    assert [message.msg for message in found] == [
        f"{old} is not there, or older than ffmpeg 6.",
        "/nowhere/ffprobe is not there, or older than ffmpeg 6.",
    ]


def run_check(**changes):
    lines = PRODUCTION.read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "contest_portal.settings"}
    surroundings.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests' own
    command = [sys.executable, "manage.py", "check", "--deploy"]
    return subprocess.run(
        [*command, "--fail-level", "WARNING"],
        cwd=env.BASE_DIR,
        env=surroundings | given | changes,
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_complete_production_has_no_warning():
    done = run_check()

    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_production_without_its_secret_says_so_in_one_sentence():
    done = run_check(SECRET_KEY="")

    assert (done.returncode, done.stderr) == (
        1,
        "Set SECRET_KEY: production does not start without it.\n",
    )
