import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.demonstration import (
    DemonstrationRefused,
    create_demo_accounts,
    current_code,
)
from accounts.models import (
    ORGANISATION_KIND_OF_ROLE,
    Membership,
    Organisation,
    Role,
    User,
)
from tests.factories.accounts import (
    DistrictFactory,
    OrganisationFactory,
    app_code,
    give_second_factor,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db

KINDS = (Organisation.Kind.DISTRICT, Organisation.Kind.PRACTICE_CENTRE)


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def contest():
    contest = make_contest()
    for _ in range(2):
        district = DistrictFactory(contest=contest)
        for kind in KINDS:
            OrganisationFactory(contest=contest, kind=kind, district=district)
    return contest


def code_from_command(name):
    out = StringIO()
    call_command("democode", name, stdout=out)
    return out.getvalue().strip()


def test_every_role_has_an_account(contest):
    accounts = create_demo_accounts(contest)

    held = Membership.objects.order_by("user__username")
    assert list(held.values_list("user__username", "role")) == [
        ("demo-centre", "practice_centre"),
        ("demo-district", "district_officer"),
        ("demo-judge-1", "judge"),
        ("demo-judge-2", "judge"),
        ("demo-judge-3", "judge"),
        ("demo-organiser", "organiser"),
        ("demo-recommender", "recommender"),
        ("demo-reviewer-1", "reviewer"),
        ("demo-reviewer-2", "reviewer"),
        ("demo-supervisor", "supervisor"),
    ]
    assert {account.username for account in accounts} == set(
        held.values_list("user__username", flat=True)
    )


def test_district_and_centre_belong_together(contest):
    create_demo_accounts(contest)

    held = Membership.objects.filter(role__in=ORGANISATION_KIND_OF_ROLE)
    districts = held.values_list("organisation__district", flat=True)
    assert len(districts) == 2
    assert len(set(districts)) == 1


def test_account_opens_with_the_password_and_the_code_of_the_command(client, contest):
    [account] = [
        each for each in create_demo_accounts(contest) if each.role == Role.ORGANISER
    ]

    client.post(
        "/accounts/staff/", {"login": account.username, "password": account.password}
    )
    client.post(
        "/accounts/2fa/authenticate/", {"code": code_from_command(account.username)}
    )

    user = User.objects.get(username="demo-organiser")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_second_run_changes_nothing(contest):
    first = create_demo_accounts(contest)
    before = list(User.objects.order_by("pk").values())

    second = create_demo_accounts(contest)

    assert second == first
    assert list(User.objects.order_by("pk").values()) == before


def test_lost_password_file_makes_a_new_password(contest, var_dir):
    [first, *_rest] = create_demo_accounts(contest)
    (var_dir / "demo-accounts.json").unlink()

    [second, *_rest] = create_demo_accounts(contest)

    user = User.objects.get(username=second.username)
    assert first.password != second.password
    assert user.check_password(second.password)


def test_password_file_is_for_its_owner_alone(contest, var_dir):
    create_demo_accounts(contest)

    mode = (var_dir / "demo-accounts.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_without_organisations_it_says_what_to_do():
    with pytest.raises(DemonstrationRefused, match="loadorganisations"):
        create_demo_accounts(make_contest())


def test_code_is_the_one_the_app_shows(contest):
    create_demo_accounts(contest)
    user = User.objects.get(username="demo-judge-1")
    user.authenticator_set.all().delete()
    secret = give_second_factor(user)

    assert current_code("demo-judge-1") == app_code(secret)


def test_code_of_a_real_account_is_never_told(contest):
    make_worker(contest, Role.JUDGE, username="worker-a")

    for name in ("worker-a", "nobody"):
        with pytest.raises(CommandError, match=name):
            code_from_command(name)


def test_nothing_of_it_exists_in_production(contest, settings):
    create_demo_accounts(contest)
    settings.IN_PRODUCTION = True

    with pytest.raises(DemonstrationRefused):
        create_demo_accounts(contest)
    with pytest.raises(CommandError):
        code_from_command("demo-organiser")
