"""What tests of submissions share."""

import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """The language of the sources, for tests that read sentences."""
    with translation.override("en"):
        yield
