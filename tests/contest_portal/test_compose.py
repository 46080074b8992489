"""docker-compose.yml keeps to the specification, to .env.example and to the code."""

import json
import re
import subprocess
from itertools import chain
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft201909Validator

from contest_portal import env, signs_of_life

ROOT = env.BASE_DIR
SCHEMA = Path(__file__).parent / "compose-spec" / "compose-spec.json"
SOURCE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(SOURCE)
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LISTED = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", EXAMPLE, re.MULTILINE))
PORTAL = ["prepare", "web", "worker", "storing", "films", "beat"]


def test_it_is_valid_by_the_compose_specification():
    validator = Draft201909Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    problems = [
        f"{list(error.absolute_path)}: {error.message}"
        for error in validator.iter_errors(COMPOSE)
    ]

    assert problems == []


def test_a_mistake_would_be_noticed():
    validator = Draft201909Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    wrong = {"services": {"web": {"image": "portal", "comand": "run"}}}

    assert [error.validator for error in validator.iter_errors(wrong)] == [
        "additionalProperties"
    ]


def test_it_runs_every_part():
    assert sorted(COMPOSE["services"]) == [
        "beat",
        "bucket",
        "films",
        "postgres",
        "prepare",
        "proxy",
        "store",
        "storing",
        "tusd",
        "valkey",
        "web",
        "worker",
    ]


def test_its_workers_serve_every_queue_and_storing_beside_the_web_server_only():
    served = {
        name: option.removeprefix("--queues=").split(",")
        for name in PORTAL
        for option in COMPOSE["services"][name].get("command", [])
        if option.startswith("--queues=")
    }

    assert served == {
        "worker": ["quick", "storing"],
        "storing": ["storing_large"],
        "films": ["slow"],
    }
    assert {*chain(*served.values())} == set(signs_of_life.QUEUES)


def test_every_variable_it_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", SOURCE))

    assert asked - LISTED == set()


@pytest.mark.parametrize("name", PORTAL)
def test_every_variable_it_sets_is_one_that_the_portal_reads(name):
    given = set(COMPOSE["services"][name]["environment"])

    assert given - LISTED - {"PROMETHEUS_MULTIPROC_DIR"} == set()


@pytest.mark.parametrize("name", PORTAL)
def test_production_finds_all_it_demands(name):
    given = COMPOSE["services"][name]["environment"]

    assert given["PORTAL_ENV"] == "production"
    for needed in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"):
        assert given[needed]


def test_volumes_and_dependencies_are_there():
    services = COMPOSE["services"].values()
    named = {
        volume.split(":")[0]
        for service in services
        for volume in service.get("volumes", [])
        if not volume.startswith("./")
    }
    awaited = {name for service in services for name in service.get("depends_on", {})}

    assert named == set(COMPOSE["volumes"])
    assert awaited - set(COMPOSE["services"]) == set()


def test_files_that_it_and_the_image_name_exist():
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert (ROOT / "deploy" / "nginx.conf").is_file()
    assert "COPY requirements.txt ." in image
    assert (ROOT / "requirements.txt").is_file()
    assert 'CMD ["gunicorn", "--config", "python:contest_portal.webserver"]' in image


def test_every_process_that_was_left_behind_is_collected():
    assert [COMPOSE["services"][name].get("init") for name in PORTAL] == [True] * len(
        PORTAL
    )


def test_the_image_has_what_the_fence_is_made_of():
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert re.search(r"apt-get install .*\blibseccomp2\b", image)
    assert "USER portal" in image


def test_certificates_are_never_committed():
    ignored = subprocess.run(
        ["git", "check-ignore", "--quiet", "deploy/tls/portal.key"],
        cwd=ROOT,
        check=False,
    )

    assert ignored.returncode == 0


WHOLE_FILES = "~ ^/(submissions|imports)/[0-9]+/(files|original)/$"


def location(proxy, name):
    """The lines of one location of the proxy."""
    return proxy.partition(f"location {name} {{")[2].partition("\n    }")[0]


def test_the_proxy_limits_no_upload_and_knows_the_portal(settings):
    proxy = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")

    for uploads in ("/api/v1/uploads/", WHOLE_FILES):
        assert "client_max_body_size 0;" in location(proxy, uploads)
        assert "proxy_request_buffering off;" in location(proxy, uploads)
    assert "proxy_request_buffering" not in location(proxy, "/")  # slow forms wait here
    assert "client_max_body_size 128m;" in location(proxy, "/")
    assert "server web:8000;" in proxy
    assert COMPOSE["services"]["web"]["environment"]["S3_ENDPOINT_URL"] == (
        "http://store:9000"
    )
    assert "proxy_pass http://store:9000/contest-media/;" in proxy
    assert f"location {settings.MEDIA_ACCEL_PREFIX} {{" in proxy
