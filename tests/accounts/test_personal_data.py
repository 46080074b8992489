"""Every table that hangs on a person is told, erased, or exempt with a reason."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import ForeignKey

from accounts.models import User
from accounts.personal_data import holdings

# Rows of these are reached from a person's works but describe the contest.
PEOPLE = {User}


def models_hanging_on(roots):
    """Every model with a way along foreign keys to one of the roots."""
    found = set(roots)
    while True:
        more = {
            model
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model in found
        } - found
        if not more:
            return found
        found |= more


def told_models():
    return {table.model for holding in holdings() for table in holding.tables}


def exempt_models():
    return {model for holding in holdings() for model in holding.exempt}


def test_no_table_of_people_is_forgotten():
    unknown = models_hanging_on(PEOPLE) - told_models() - exempt_models()

    assert sorted(model._meta.label for model in unknown) == []


def test_nothing_is_both_told_and_exempt():
    assert told_models() & exempt_models() == set()


def test_every_exemption_has_its_reason():
    reasons = [str(why) for each in holdings() for why in each.exempt.values()]

    assert reasons
    assert all(reason.endswith(".") for reason in reasons)


def test_the_search_for_tables_goes_along_chains():
    models = {model._meta.label_lower for model in models_hanging_on(PEOPLE)}

    assert {"submissions.submission", "submissions.finding", "judging.score"} <= models
    assert {Group, Permission} & models_hanging_on(PEOPLE) == set()


@pytest.mark.parametrize(
    "table",
    [table for holding in holdings() for table in holding.tables],
    ids=lambda table: table.model._meta.label,
)
def test_every_owner_is_a_path_to_a_person_and_every_hidden_name_a_field(db, table):
    names = {each.name for each in table.model._meta.concrete_fields}

    assert list(table.rows_of(User(pk=1))) == []
    assert table.hides <= names
