"""A contest that is collecting today, and the people who visit its pages."""

import pytest

from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTION_DAY,
    make_contest,
    make_draft,
    make_organiser,
    make_reviewer,
)


@pytest.fixture
def contest(db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_contest()


@pytest.fixture
def citizen(contest):
    return CitizenFactory()


@pytest.fixture
def draft(contest, citizen):
    return make_draft(contest, author=citizen)


@pytest.fixture
def stranger(contest):
    return CitizenFactory()


@pytest.fixture
def reviewer(contest):
    return make_reviewer(contest)


@pytest.fixture
def organiser(contest):
    return make_organiser(contest)


@pytest.fixture
def visit(client):
    """`visit(user)` is that person's browser; without one, somebody unknown's.

    It asks for English, the language of the sources.
    """

    def visit(user=None):
        client.logout()
        if user is not None:
            client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return visit


@pytest.fixture
def queries_of(queries_of):
    """How many queries a page takes, once the caches are warm."""

    def count(browser, address):
        def look():
            assert browser.get(address).status_code == 200

        return queries_of(look)

    return count
