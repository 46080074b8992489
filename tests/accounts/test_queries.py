import pytest

from accounts import permissions, queries
from accounts.models import Membership, Role
from tests.factories.accounts import (
    CitizenFactory,
    OrganisationFactory,
    WorkAccountFactory,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "roles"),
    [
        (queries.contests_run_by, {Role.ORGANISER, Role.SUPERVISOR}),
        (queries.contests_watched_by, {Role.ORGANISER, Role.SUPERVISOR}),
        (queries.contests_managed_by, {Role.ORGANISER}),
        (queries.contests_reviewed_by, {Role.REVIEWER}),
    ],
)
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.SUPERVISOR, Role.REVIEWER])
def test_contests_follow_from_the_role_held_in_them(query, roles, role):
    contest = make_contest()
    make_contest()
    user = make_worker(contest, role)

    assert list(query(user)) == ([contest] if role in roles else [])


@pytest.mark.parametrize(
    ("query", "sees"),
    [
        (queries.contests_run_by, False),
        (queries.contests_reviewed_by, False),
        (queries.contests_managed_by, True),
        (queries.contests_watched_by, True),
    ],
)
def test_administrator_manages_contests_but_decides_nothing_in_them(query, sees):
    contest = make_contest()
    administrator = WorkAccountFactory(is_staff=True, is_superuser=True)

    assert list(query(administrator)) == ([contest] if sees else [])


def test_bodies_one_acts_for_are_those_of_that_contest():
    contest, other = make_contest(), make_contest()
    user = WorkAccountFactory()
    bodies = [OrganisationFactory(contest=each) for each in (contest, other)]
    for body in bodies:
        Membership.objects.create(
            user=user, contest=body.contest, role=Role.REVIEWER, organisation=body
        )

    assert list(queries.organisations_of(user, contest)) == [bodies[0]]


@pytest.mark.parametrize(
    ("make", "needs"),
    [
        (CitizenFactory, False),
        (WorkAccountFactory, False),
        (lambda: WorkAccountFactory(is_staff=True), True),
        (lambda: WorkAccountFactory(is_superuser=True), True),
        (lambda: make_worker(make_contest(), Role.REVIEWER), True),
    ],
)
def test_second_factor_is_for_those_who_hold_something(make, needs):
    assert permissions.needs_second_factor(make()) is needs


def test_role_is_held_in_its_contest_alone():
    contest, other = make_contest(), make_contest()
    judge = make_worker(contest, Role.JUDGE)

    found = [
        permissions.has_role(judge, contest, Role.JUDGE),
        permissions.has_role(judge, contest, Role.ORGANISER, Role.REVIEWER),
        permissions.has_role(judge, other, Role.JUDGE),
    ]

    assert found == [True, False, False]
