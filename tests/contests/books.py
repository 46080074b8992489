"""Rule books as tests need them: the miniature one, changed."""

import copy

from contests.rulebook import RuleBook
from tests.factories.contests import miniature_rulebook

SOUP = {
    "key": "soup",
    "name": "一碗汤",
    "short_name": "一碗汤",
    "summary": "也热乎。",
    "description": "拍摄云溪镇任何一家面馆的清晨。",
}


def edited(edit) -> RuleBook:
    """The miniature book after `edit` has changed its plain data."""
    document = copy.deepcopy(miniature_rulebook().model_dump(mode="python"))
    edit(document)
    return RuleBook.model_validate(document)


def with_soup(document):
    """A second unit, one of its cells in a prize group of its own."""
    document["units"].append(SOUP)
    document["prize_groups"].append(
        {"key": "soups", "name": "汤", "cells": [("soup", "cooks")]}
    )
    document["prize_groups"][0]["cells"].append(("soup", "neighbours"))
