import pytest

from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import COLLECTION_DAY, make_contest


@pytest.fixture
def contest(db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    return make_contest()


@pytest.fixture
def citizen(contest):
    return CitizenFactory()


@pytest.fixture
def api(client):
    """`api(user)` is that person's program, which asks for English."""

    def api(user=None):
        client.logout()
        if user is not None:
            client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return api
