"""The environment is read by type, and production refuses to start unfinished."""

import ast
import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from contest_portal import env

ROOT = env.BASE_DIR
READERS = {
    "_env",
    "text",
    "strings",
    "number",
    "choice",
    "networks",
    "secret",
    "needed_in_production",
    "needed_for_s3",
    "getenv",
}
READ_THROUGH_AN_ARGUMENT = {"FFMPEG_BINARY", "FFPROBE_BINARY"}
PIPS_OWN = {"PIP_INDEX_URL", "PIP_FIND_LINKS"}
READ_BY_COMPOSE = {"POSTGRES_PASSWORD", "HTTP_PORT", "HTTPS_PORT"}
SET_BY_THE_PORTAL = {
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_SETTINGS_MODULE",
    "OPENBLAS_NUM_THREADS",
    "PROMETHEUS_MULTIPROC_DIR",
    "PYTEST_XDIST_WORKER",
}


def tracked(pattern):
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = listed.stdout.decode().splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def names_read(source):
    """Names of variables that a module asks the environment for."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript):
            called, arguments = node.value, [node.slice]
        elif isinstance(node, ast.Call):
            called, arguments = node.func, node.args
        else:
            continue
        if not arguments or not isinstance(arguments[0], ast.Constant):
            continue
        written = ast.unparse(called)
        is_reader = written.rsplit(".", 1)[-1] in READERS
        if is_reader or re.search(r"environ(\.get|\.pop|\.setdefault)?$", written):
            yield arguments[0].value


def names_in_example():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    return re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)


def test_the_example_lists_every_variable_that_is_read():
    read = READ_THROUGH_AN_ARGUMENT | READ_BY_COMPOSE
    for module in tracked("*.py"):
        if not module.is_relative_to(ROOT / "tests") and not module.is_relative_to(
            ROOT / "bench"  # measurements say what they take in docs/benchmarks.md
        ):
            read |= set(names_read(module.read_text(encoding="utf-8")))
    ours = {name for name in read if re.fullmatch(r"[A-Z][A-Z0-9_]+", str(name))}

    assert sorted(names_in_example()) == sorted(ours - SET_BY_THE_PORTAL - PIPS_OWN)


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_production_names_what_is_missing(name, monkeypatch):
    monkeypatch.setenv("PORTAL_ENV", "production")
    monkeypatch.setenv(name, "")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.needed_in_production(name)

    assert str(refusal.value) == (f"Set {name}: production does not start without it.")


def test_production_without_hosts_does_not_start(monkeypatch):
    monkeypatch.setenv("PORTAL_ENV", "production")
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)

    with pytest.raises(ImproperlyConfigured, match="Set ALLOWED_HOSTS"):
        env.hosts()


def test_an_unknown_environment_is_refused(monkeypatch):
    monkeypatch.setenv("PORTAL_ENV", "staging")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.portal_env()

    assert str(refusal.value) == (
        "PORTAL_ENV is 'staging'; it must be demo or production."
    )


def test_servers_of_the_environment_replace_the_embedded_ones(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://ann:pw@db.example.org/contest")
    monkeypatch.setenv("REDIS_URL", "redis://broker.example.org:6379/7")

    database = env.database()

    assert (database["HOST"], database["NAME"]) == ("db.example.org", "contest")
    assert env.cache()["LOCATION"] == "redis://broker.example.org:6379/0"
    assert env.broker_url() == "redis://broker.example.org:6379/1"
    assert not env.embedded_database()
    assert not env.embedded_broker()


def test_without_them_the_sockets_are_used(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("EMBEDDED_SOCKET_DIR", "/somewhere/run")

    assert env.database()["HOST"] == "/somewhere/run"
    assert env.cache()["LOCATION"] == "unix:///somewhere/run/valkey.sock?db=0"
    assert env.broker_url() == (
        "redis+socket:///somewhere/run/valkey.sock?virtual_host=1"
    )


def test_a_broker_of_another_kind_is_refused(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "amqp://broker.example.org")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.broker_url()

    assert str(refusal.value) == "REDIS_URL must begin with redis:// or rediss://."


@pytest.mark.parametrize(
    ("given", "day"), [("2031-05-20", dt.date(2031, 5, 20)), ("", None)]
)
def test_the_demonstration_day_can_be_set_and_switched_off(given, day, monkeypatch):
    monkeypatch.setenv("DEMO_TODAY", given)

    assert env.demo_today() == day


def test_a_day_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("DEMO_TODAY", "2031-02-30")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.demo_today()

    assert str(refusal.value) == (
        "DEMO_TODAY is '2031-02-30'; write a day like 2031-05-20."
    )


def test_the_demonstration_lives_on_the_day_of_its_rule_book(monkeypatch, tmp_path):
    (tmp_path / "default").write_text("moon-2031\n")
    (tmp_path / "moon-2031").mkdir()
    (tmp_path / "moon-2031" / "demonstration.toml").write_text("today = 2031-05-20\n")
    monkeypatch.setattr(env, "RULEBOOKS_DIR", tmp_path)
    monkeypatch.delenv("DEMO_TODAY")

    assert env.demo_today() == dt.date(2031, 5, 20)


def test_production_lives_in_the_present(monkeypatch):
    monkeypatch.setenv("PORTAL_ENV", "production")
    monkeypatch.delenv("DEMO_TODAY")

    assert env.demo_today() is None


def test_the_object_store_names_what_is_missing(monkeypatch):
    monkeypatch.setenv("MEDIA_STORAGE", "s3")
    monkeypatch.setenv("S3_BUCKET", "")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.media_storage()

    assert str(refusal.value) == "Set S3_BUCKET: MEDIA_STORAGE=s3 needs it."


@pytest.mark.parametrize(
    ("delivery", "endpoint", "origins"),
    [
        ("accel", "https://store.example.org", []),
        ("signed-url", "https://store.example.org/x", ["https://store.example.org"]),
        ("signed-url", "", ["https://s3.amazonaws.com"]),
    ],
)
def test_pages_show_media_of_the_store_only_where_it_sends_them(
    delivery, endpoint, origins, monkeypatch
):
    monkeypatch.setenv("MEDIA_STORAGE", "s3")
    monkeypatch.setenv("MEDIA_DELIVERY", delivery)
    monkeypatch.setenv("S3_ENDPOINT_URL", endpoint)

    assert env.media_origins() == origins


def test_a_port_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setenv("PORT", "web")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.port()

    assert str(refusal.value) == "PORT is 'web'; write a number."


def test_every_path_of_the_tests_lies_outside_var():
    var = ROOT / "var"

    places = [
        env.var_dir(),
        env.socket_dir(),
        env.media_root(),
        Path(env.static_root()),
    ]

    assert [place for place in places if place.is_relative_to(var)] == []
