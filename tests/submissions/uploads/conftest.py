"""A draft, its owner at a browser, and staging files of the test's own."""

import pytest
from django.test import Client

from contests import clock
from submissions.uploads import quotas
from tests.factories.submissions import COLLECTING, make_contest, make_draft
from tests.submissions.uploads.protocol import Tus
from tests.submissions.uploads.server import running_server


@pytest.fixture(autouse=True)
def staging(settings, tmp_path):
    """Both on one file system, as in the portal."""
    settings.UPLOAD_STAGING_DIR = tmp_path / "staging"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DEMO_TODAY = clock.day_of(COLLECTING)
    return settings.UPLOAD_STAGING_DIR


@pytest.fixture(autouse=True)
def fresh_figures():
    quotas._staged_bytes.cache_clear()


@pytest.fixture
def draft(db):
    return make_draft(make_contest())


@pytest.fixture
def tus(draft):
    """The draft's owner, speaking tus."""
    client = Client()
    client.force_login(draft.author)
    return Tus(client, draft)


@pytest.fixture(scope="session")
def server():
    with running_server() as running:
        yield running


@pytest.fixture
def sender(server):
    return server.sender()
