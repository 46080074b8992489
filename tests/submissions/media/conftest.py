import pytest

from tests.submissions.media import makers
from tests.submissions.media.edge_films import Films


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """A folder for files that several tests look at and none changes."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="session")
def plain_film(shelf):
    """Two seconds of 1080p H.264 with a tone, the index in front."""
    return makers.film(shelf / "plain.mp4", "-movflags", "+faststart")


@pytest.fixture(scope="session")
def films(tmp_path_factory):
    """Films at the edge of a rule, each made when it is first asked for."""
    return Films(tmp_path_factory.mktemp("films"))
