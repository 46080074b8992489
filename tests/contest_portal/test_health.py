"""What /healthz, /readyz and /metrics answer, and to whom."""

import ipaddress

import pytest
from django.core.cache import cache
from django.urls import reverse

from contest_portal import health, signs_of_life
from contest_portal.tasks import beat_heart


def test_healthz_answers_without_asking_anything(client):
    response = client.get(reverse("healthz"))

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


WORKING = dict.fromkeys(
    [
        "database",
        "broker",
        "storage",
        "scheduler",
        "quick_worker",
        "storing_worker",
        "storing_large_worker",
        "slow_worker",
    ],
    "ok",
)


@pytest.fixture
def everybody_lives():
    signs_of_life.show(*signs_of_life.QUEUES)
    beat_heart.delay()


@pytest.mark.django_db
def test_readyz_names_every_part_that_works(client, everybody_lives):
    response = client.get(reverse("readyz"))

    assert response.status_code == 200
    assert response.json() == {"status": "ready", "parts": WORKING}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("silent", "part"),
    [
        ("quick", "quick_worker"),
        ("storing", "storing_worker"),
        ("storing_large", "storing_large_worker"),
        ("slow", "slow_worker"),
        ("scheduler", "scheduler"),
    ],
)
def test_readyz_misses_whoever_is_silent(client, everybody_lives, silent, part):
    cache.delete(f"health:{silent}")

    response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "parts": WORKING | {part: "failed"},
    }


@pytest.mark.django_db
def test_readyz_names_a_broker_and_a_storage_that_are_gone(
    client, everybody_lives, settings, tmp_path
):
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/nobody.sock"
    occupied = tmp_path / "a-file"
    occupied.write_text("where a folder should be")
    settings.MEDIA_ROOT = occupied

    response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.json()["parts"] == WORKING | {
        "broker": "failed",
        "storage": "failed",
    }


@pytest.mark.django_db
def test_metrics_are_read_inside_the_network(client, settings):
    settings.METRICS_ALLOWED_NETS = [ipaddress.ip_network("10.1.0.0/16")]

    response = client.get(reverse("metrics"), REMOTE_ADDR="10.1.2.3")

    assert response.status_code == 200
    assert b"django_http_requests_total_by_method_total" in response.content


@pytest.mark.parametrize(
    "origin",
    [
        {"REMOTE_ADDR": "10.2.0.1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "10.1.2.3", "HTTP_X_FORWARDED_FOR": "10.1.2.3"},
    ],
)
def test_metrics_are_hidden_from_everybody_else(origin, rf, settings):
    settings.METRICS_ALLOWED_NETS = [ipaddress.ip_network("10.1.0.0/16")]

    assert not health.may_read_metrics(rf.get("/metrics", **origin))


@pytest.mark.django_db
def test_metrics_do_not_exist_for_a_stranger(client, settings):
    settings.METRICS_ALLOWED_NETS = []

    response = client.get(reverse("metrics"))

    assert response.status_code == 404
