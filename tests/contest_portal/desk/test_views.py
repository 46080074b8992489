"""Large text, and the pages shown when something went wrong."""

import pytest
from django.test import RequestFactory

from contest_portal.desk import views


@pytest.mark.django_db
def test_large_text_is_remembered_and_leads_back(client):
    response = client.post("/large-text/", {"on": "1", "next": "/works/?page=2"})

    assert response.url == "/works/?page=2"
    assert client.cookies["large_text"].value == "1"
    assert (
        '<html lang="zh-hans" class="large-text">' in client.get("/").content.decode()
    )


@pytest.mark.django_db
def test_large_text_can_be_left_again(client):
    client.post("/large-text/", {"on": "1", "next": "/"})

    client.post("/large-text/", {"on": "0", "next": "/"})

    assert '<html lang="zh-hans">' in client.get("/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example"])
def test_large_text_never_leads_elsewhere(client, back):
    response = client.post("/large-text/", {"on": "1", "next": back})

    assert response.url == "/"


def test_large_text_is_not_switched_by_following_a_link(client):
    assert client.get("/large-text/").status_code == 405


@pytest.mark.django_db
def test_an_unknown_address_shows_two_ways_home(client):
    response = client.get("/nowhere/")

    html = response.content.decode()
    assert response.status_code == 404
    assert 'href="/"' in html
    assert 'href="/my/"' in html


def test_the_page_for_our_own_failures_needs_no_database():
    # No django_db mark: a query would fail this test.
    response = views.failed(RequestFactory().get("/"))

    html = response.content.decode()
    assert response.status_code == 500
    assert 'href="/"' in html
