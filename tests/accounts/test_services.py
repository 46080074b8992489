import pytest

from accounts import services
from accounts.models import AuditEntry, Consent, Membership, Organisation, Role, User
from contests import clock
from tests.factories.accounts import (
    PASSWORD,
    PRIVACY,
    CitizenFactory,
    DistrictFactory,
    OrganisationFactory,
    WorkAccountFactory,
    make_contest,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def organiser(contest):
    return make_worker(contest, Role.ORGANISER)


def make_office(contest, kind=Organisation.Kind.DISTRICT):
    district = DistrictFactory(contest=contest)
    return OrganisationFactory(contest=contest, kind=kind, district=district)


def newest_entry():
    entry = AuditEntry.objects.order_by("pk").last()
    return entry.action, entry.actor_id, entry.target, entry.contest_key, entry.detail


# --- Citizens ----------------------------------------------------------------
def test_number_entered_twice_is_one_account():
    first = services.enter_by_phone(phone="+8619900001234")
    second = services.enter_by_phone(phone="+8619900001234")

    assert first == second
    assert User.objects.count() == 1


def test_number_proved_is_verified():
    citizen = CitizenFactory(phone_verified=False)

    services.enter_by_phone(phone=citizen.phone)

    citizen.refresh_from_db()
    assert citizen.phone_verified is True


def test_new_version_of_a_text_is_a_consent_of_its_own(contest):
    citizen = CitizenFactory()
    first = services.Agreement(PRIVACY.key, 3, "0" * 64)
    second = services.Agreement(PRIVACY.key, 4, "1" * 64)

    for agreements in ([first], [first, second]):
        services.record_agreements(
            user=citizen, contest=contest, agreements=agreements, at=clock.now()
        )

    stored = Consent.objects.order_by("version").values_list("key", "version")
    assert list(stored) == [("privacy", 3), ("privacy", 4)]


def test_changed_name_is_stored_and_noted_without_the_name():
    citizen = CitizenFactory()

    services.change_name(user=citizen, full_name="王小荷", ip="192.0.2.1")

    citizen.refresh_from_db()
    assert citizen.full_name == "王小荷"
    assert newest_entry() == (
        "account.renamed",
        citizen.pk,
        f"accounts.user:{citizen.pk}",
        "",
        {},
    )


# --- Giving a role -----------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "is_staff"),
    [
        (Role.ORGANISER, True),
        (Role.JUDGE, True),
        (Role.SUPERVISOR, True),
        (Role.REVIEWER, False),
    ],
)
def test_role_opens_the_admin_pages_only_where_it_has_its_desk_there(
    contest, organiser, role, is_staff
):
    user = WorkAccountFactory()

    services.grant_role(user=user, contest=contest, role=role, by=organiser)

    user.refresh_from_db()
    assert user.is_staff is is_staff
    assert newest_entry() == (
        "role.granted",
        organiser.pk,
        f"accounts.user:{user.pk}",
        contest.key,
        {"role": role.value, "organisation": ""},
    )


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.DISTRICT_OFFICER, Organisation.Kind.DISTRICT),
        (Role.PRACTICE_CENTRE, Organisation.Kind.PRACTICE_CENTRE),
    ],
)
def test_role_of_a_district_is_held_for_its_body(contest, organiser, role, kind):
    user = WorkAccountFactory()
    office = make_office(contest, kind)

    services.grant_role(
        user=user, contest=contest, role=role, by=organiser, organisation=office
    )

    held = Membership.objects.get(user=user)
    assert (held.role, held.organisation) == (role, office)


def test_role_given_twice_is_held_once(contest, organiser):
    user = WorkAccountFactory()
    for _ in range(2):
        services.grant_role(user=user, contest=contest, role=Role.JUDGE, by=organiser)

    assert Membership.objects.filter(user=user).count() == 1
    assert AuditEntry.objects.filter(action="role.granted").count() == 1


def refused_grant(user, contest, by, role=Role.JUDGE, organisation=None):
    with pytest.raises(services.RoleRefused) as refusal:
        services.grant_role(
            user=user, contest=contest, role=role, by=by, organisation=organisation
        )
    assert not Membership.objects.filter(user=user).exists()
    return refusal.value.code


@pytest.mark.parametrize("role", [Role.JUDGE, Role.SUPERVISOR, Role.REVIEWER])
def test_only_organisers_give_roles(contest, role):
    other = make_worker(contest, role)

    code = refused_grant(WorkAccountFactory(), contest, by=other)

    assert code == "role_not_yours_to_give"


def test_organiser_of_another_contest_gives_no_role(contest):
    stranger = make_worker(make_contest(), Role.ORGANISER)

    code = refused_grant(WorkAccountFactory(), contest, by=stranger)

    assert code == "role_not_yours_to_give"


def test_administrator_names_the_first_organiser(contest):
    administrator = WorkAccountFactory(is_superuser=True)
    user = WorkAccountFactory()

    services.grant_role(
        user=user, contest=contest, role=Role.ORGANISER, by=administrator
    )

    assert Membership.objects.get(user=user).role == Role.ORGANISER


def test_citizen_cannot_hold_a_role(contest, organiser):
    code = refused_grant(CitizenFactory(), contest, by=organiser)

    assert code == "role_needs_work_account"


def test_account_without_a_password_cannot_hold_a_role(contest, organiser):
    user = User.objects.create_user(username="no-password")

    code = refused_grant(user, contest, by=organiser)

    assert code == "role_needs_work_account"


def test_who_recommends_does_so_for_a_body_of_any_kind(contest, organiser):
    asked = {"contest": contest, "by": organiser, "role": Role.RECOMMENDER}
    body = OrganisationFactory(contest=contest)

    code = refused_grant(WorkAccountFactory(), **asked)
    held = services.grant_role(user=WorkAccountFactory(), organisation=body, **asked)

    assert (code, held.organisation) == ("role_needs_organisation", body)


def test_role_of_a_district_needs_a_body_of_the_right_kind(contest, organiser):
    for organisation in (None, OrganisationFactory(contest=contest)):
        code = refused_grant(
            WorkAccountFactory(),
            contest,
            by=organiser,
            role=Role.DISTRICT_OFFICER,
            organisation=organisation,
        )

        assert code == "role_needs_organisation"


def test_role_is_not_held_for_a_body_of_another_contest(contest, organiser):
    code = refused_grant(
        WorkAccountFactory(),
        contest,
        by=organiser,
        role=Role.DISTRICT_OFFICER,
        organisation=make_office(make_contest()),
    )

    assert code == "organisation_of_other_contest"


# --- Taking a role -----------------------------------------------------------
def test_role_taken_closes_the_admin_pages(contest, organiser):
    judge = make_worker(contest, Role.JUDGE)

    services.revoke_role(membership=judge.memberships.get(), by=organiser)

    judge.refresh_from_db()
    assert judge.is_staff is False
    assert list(judge.memberships.all()) == []
    assert newest_entry() == (
        "role.revoked",
        organiser.pk,
        f"accounts.user:{judge.pk}",
        contest.key,
        {"role": "judge", "organisation": ""},
    )


def test_admin_pages_stay_open_while_another_role_needs_them(contest, organiser):
    judge = make_worker(contest, Role.JUDGE)
    other = services.grant_role(
        user=judge, contest=contest, role=Role.SUPERVISOR, by=organiser
    )

    services.revoke_role(membership=other, by=organiser)

    judge.refresh_from_db()
    assert judge.is_staff is True


def test_contest_keeps_its_last_organiser(contest, organiser):
    with pytest.raises(services.RoleRefused) as refusal:
        services.revoke_role(membership=organiser.memberships.get(), by=organiser)

    assert refusal.value.code == "last_organiser"
    assert organiser.memberships.count() == 1


def test_one_of_two_organisers_may_go(contest, organiser):
    second = make_worker(contest, Role.ORGANISER)

    services.revoke_role(membership=organiser.memberships.get(), by=second)

    assert list(organiser.memberships.all()) == []


def test_organiser_of_another_contest_takes_no_role(contest, organiser):
    stranger = make_worker(make_contest(), Role.ORGANISER)
    judge = make_worker(contest, Role.JUDGE)

    with pytest.raises(services.RoleRefused) as refusal:
        services.revoke_role(membership=judge.memberships.get(), by=stranger)

    assert refusal.value.code == "role_not_yours_to_take"


# --- Work accounts -----------------------------------------------------------
def appoint(contest, by, **more):
    return services.appoint(
        **{"username": "new-judge", "contest": contest, "role": Role.JUDGE, "by": by}
        | more
    )


def refused(code, call, *args, **kwargs):
    with pytest.raises(services.AccountRefused) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code


def test_new_judge_gets_account_and_role_at_once(contest, organiser):
    appoint(contest, organiser, full_name="示例评委", password=PASSWORD)

    user = User.objects.get(username="new-judge")
    assert (user.full_name, user.is_staff) == ("示例评委", True)
    assert user.check_password(PASSWORD)
    assert user.memberships.get().role == Role.JUDGE


def test_known_worker_is_appointed_without_a_password(contest, organiser):
    user = WorkAccountFactory(username="new-judge", full_name="示例甲")

    appoint(contest, organiser, full_name="示例乙")

    user.refresh_from_db()
    assert (user.full_name, user.memberships.get().role) == ("示例甲", Role.JUDGE)


def test_new_account_needs_a_first_password(contest, organiser):
    refused("account_needs_password", appoint, contest, organiser)


def test_password_of_a_known_account_is_not_overwritten(contest, organiser):
    user = WorkAccountFactory(username="new-judge")

    refused("username_taken", appoint, contest, organiser, password="another-one-123")

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_refused_role_leaves_no_account_behind(contest):
    stranger = make_worker(make_contest(), Role.ORGANISER)

    with pytest.raises(services.RoleRefused):
        appoint(contest, stranger, password=PASSWORD)

    assert not User.objects.filter(username="new-judge").exists()


def manage(user, by, **more):
    return services.change_work_account(
        **{"user": user, "by": by, "full_name": "示例", "is_active": True} | more
    )


def test_organiser_helps_a_judge_who_lost_everything(contest, organiser):
    judge = make_worker(contest, Role.JUDGE)

    manage(
        judge,
        organiser,
        new_password="plum-rain-and-tea-7",
        forget_second_factor=True,
    )

    judge.refresh_from_db()
    assert judge.check_password("plum-rain-and-tea-7")
    assert judge.authenticator_set.count() == 0
    assert newest_entry() == (
        "account.managed",
        organiser.pk,
        f"accounts.user:{judge.pk}",
        "",
        {"is_active": True, "new_password": True, "second_factor_forgotten": True},
    )


def test_name_and_lock_alone_leave_password_and_authenticator(contest, organiser):
    judge = make_worker(contest, Role.JUDGE)

    manage(judge, organiser, is_active=False)

    judge.refresh_from_db()
    assert (judge.full_name, judge.is_active) == ("示例", False)
    assert judge.check_password(PASSWORD)
    assert judge.authenticator_set.count() == 1


@pytest.mark.parametrize("beside", ["another contest", "administrator", "nothing"])
def test_organiser_manages_nobody_who_is_not_theirs_alone(contest, organiser, beside):
    user = WorkAccountFactory(is_superuser=beside == "administrator")
    if beside != "nothing":
        Membership.objects.create(user=user, contest=contest, role=Role.JUDGE)
    if beside == "another contest":
        Membership.objects.create(user=user, contest=make_contest(), role=Role.JUDGE)

    refused("account_not_yours", manage, user, organiser, new_password="x" * 12)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.SUPERVISOR])
def test_only_organisers_manage_accounts(contest, role):
    other = make_worker(contest, role)

    refused("account_not_yours", manage, make_worker(contest, Role.JUDGE), other)


def test_nobody_closes_the_own_account(contest, organiser):
    refused("own_account", manage, organiser, organiser, is_active=False)


def test_citizen_gets_no_password(contest):
    administrator = WorkAccountFactory(is_superuser=True)

    refused(
        "citizen_has_no_password",
        manage,
        CitizenFactory(),
        administrator,
        new_password="x" * 12,
    )
