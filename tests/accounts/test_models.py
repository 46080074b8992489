import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, Role, User
from tests.factories.accounts import (
    CitizenFactory,
    DistrictFactory,
    OrganisationFactory,
    WorkAccountFactory,
    make_contest,
)

pytestmark = pytest.mark.django_db


def refused_by(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("phone", ["19900001234", "+86 199", "", "+0199"])
def test_number_is_stored_as_e164_or_not_at_all(phone):
    with refused_by("phone_is_e164"), transaction.atomic():
        CitizenFactory(phone=phone)


def test_open_account_has_a_way_to_sign_in():
    with refused_by("active_user_can_sign_in"), transaction.atomic():
        User.objects.create(full_name="示例")

    User.objects.create(full_name="示例", is_active=False)


def test_number_belongs_to_one_account():
    citizen = CitizenFactory()

    with refused_by("phone"), transaction.atomic():
        CitizenFactory(phone=citizen.phone)


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.PRACTICE_CENTRE])
def test_role_of_a_district_names_its_body(role):
    with (
        refused_by("district_roles_name_their_organisation"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            user=WorkAccountFactory(), contest=make_contest(), role=role
        )


def test_recommender_names_its_organisation():
    with refused_by("recommender_names_its_organisation"), transaction.atomic():
        Membership.objects.create(
            user=WorkAccountFactory(), contest=make_contest(), role=Role.RECOMMENDER
        )


def test_role_without_a_body_is_held_once():
    user, contest = WorkAccountFactory(), make_contest()
    Membership.objects.create(user=user, contest=contest, role=Role.JUDGE)

    with refused_by("role_is_held_once"), transaction.atomic():
        Membership.objects.create(user=user, contest=contest, role=Role.JUDGE)


@pytest.mark.parametrize("kind", Organisation.KINDS_OF_A_DISTRICT)
def test_body_of_a_district_names_it(kind):
    contest = make_contest()

    with refused_by("district_bodies_name_their_district"), transaction.atomic():
        OrganisationFactory(contest=contest, kind=kind)

    OrganisationFactory(
        contest=contest, kind=kind, district=DistrictFactory(contest=contest)
    )


@pytest.mark.parametrize(
    ("fields", "label", "audit_label"),
    [
        ({"phone": "+8619900001234"}, "199****1234", ""),
        ({"phone": "+8619900001234", "full_name": "王小荷"}, "王小荷", ""),
        ({"username": "worker-a"}, "worker-a", "worker-a"),
        ({"username": "worker-a", "full_name": "示例"}, "示例", "worker-a"),
        ({}, "—", ""),
    ],
)
def test_people_are_called_without_their_whole_number(fields, label, audit_label):
    user = User(**fields)

    assert (user.label, user.audit_label) == (label, audit_label)
    assert "19900001234" not in str(user)


def test_first_administrator_comes_from_the_command_line(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "plum-rain-and-tea-7")

    call_command("createsuperuser", "--noinput", "--username", "administrator")

    user = User.objects.get(username="administrator")
    assert (user.is_superuser, user.is_staff, user.phone) == (True, True, None)
    assert user.check_password("plum-rain-and-tea-7")
