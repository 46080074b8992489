"""Who may see which contest; other apps ask here, never `is_staff`."""

from django.db.models import Q

from accounts.models import AuditEntry, Consent, Membership, Organisation, Role, User
from contests.models import Contest

SEES_ALL = {Role.ORGANISER, Role.SUPERVISOR}


def contests_with_role(user, *roles):
    return Contest.objects.filter(
        pk__in=Membership.objects.filter(user_id=user.pk, role__in=roles).values(
            "contest"
        )
    )


def contests_run_by(user):
    """Contests whose every submission the user may read."""
    return contests_with_role(user, *SEES_ALL)


def contests_reviewed_by(user):
    return contests_with_role(user, Role.REVIEWER)


def contests_managed_by(user):
    """Contests in which the user may give and take roles."""
    if user.is_superuser:
        return Contest.objects.all()
    return contests_with_role(user, Role.ORGANISER)


def contests_watched_by(user):
    """Contests whose people, roles and log the user may read."""
    return Contest.objects.all() if user.is_superuser else contests_run_by(user)


def organisations_of(user, contest):
    """The bodies the user acts for in this contest."""
    return Organisation.objects.filter(
        memberships__user_id=user.pk, memberships__contest=contest
    ).distinct()


def organisations_recommended_for(user, contest):
    """The bodies in whose name the user may recommend works; an organiser, in any."""
    bodies = Organisation.objects.filter(contest=contest).order_by("name")
    if contests_with_role(user, Role.ORGANISER).contains(contest):
        return bodies
    return bodies.filter(
        memberships__user_id=user.pk, memberships__role=Role.RECOMMENDER
    ).distinct()


def work_accounts_visible_to(user):
    """Those who hold a role in a contest the user watches."""
    if user.is_superuser:
        return User.objects.all()
    return User.objects.holding_a_role_in(contests_run_by(user))


def memberships_of(user):
    return user.memberships.select_related("contest", "organisation").order_by(
        "contest", "role"
    )


def labelled_consents(user):
    """The user's consents, newest first, each with its sentence of the rule book."""
    consents = list(
        user.consents.select_related("contest__current_version").order_by(
            "-given_at", "-pk"
        )
    )
    for consent in consents:
        declarations = {
            each.key: each.label for each in consent.contest.rulebook.declarations
        }
        consent.label = declarations.get(consent.key, consent.key)
    return consents


def consents_visible_to(user):
    return Consent.objects.filter(contest__in=contests_watched_by(user))


def audit_entries_visible_to(user):
    """Lines about a watched contest, or by somebody who works for one."""
    if user.is_superuser:
        return AuditEntry.objects.all()
    contests = contests_run_by(user)
    workers = Membership.objects.filter(contest__in=contests).values("user")
    return AuditEntry.objects.filter(
        Q(contest_key__in=contests.values("key"))
        | Q(contest_key="", actor_id__in=workers)
    )
