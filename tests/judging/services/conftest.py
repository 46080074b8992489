"""Sentences are compared in the language they are written in."""

import pytest


@pytest.fixture(autouse=True)
def in_english(in_english):
    """For every test here."""
