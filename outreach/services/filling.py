"""A practice centre fills in its district's table and hands it in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from contests import clock
from contests.errors import RuleViolation
from contests.rulebook import Outreach
from outreach.lifecycle import change_state, lock
from outreach.models import Recommendation, Station
from outreach.permissions import can_fill, is_of_centre
from outreach.remarks import errors_of
from outreach.states import RecommendationState

# What is printed; a change of it outdates the stamped copy.
PRINTED = (
    "position",
    "name",
    "address",
    "wished_on",
    "wished_from",
    "contact_name",
    "contact_phone",
    "has_clue",
)


class NotTheCentre(RuleViolation):
    code = "not_the_centre"


class NoOutreach(RuleViolation):
    code = "no_outreach"


class NotEditable(RuleViolation):
    code = "not_editable"


class TooManyStations(RuleViolation):
    code = "too_many_stations"


class StationInUse(RuleViolation):
    code = "station_in_use"


class Incomplete(RuleViolation):
    """`code` is the first error's; `fields` holds every error by its code."""

    code = "incomplete"


@transaction.atomic
def begin_recommendation(
    *, organisation: Organisation, by: User, at: datetime
) -> Recommendation:
    """The table of the centre's district, a new one or the one already begun."""
    if not is_of_centre(by, organisation):
        raise NotTheCentre(
            _("Only the district's practice centre fills in this table.")
        )
    contest = organisation.contest
    if contest.rulebook.outreach is None:
        raise NoOutreach(_("This contest asks for no station recommendations."))
    recommendation, _is_new = Recommendation.objects.get_or_create(
        district=organisation.district,
        defaults={
            "contest": contest,
            "rulebook_version": contest.current_version,
            "organisation": organisation,
            "centre_name": organisation.name,
            "created_at": at,
            "rows_changed_at": at,
        },
    )
    return recommendation


@transaction.atomic
def save_draft(
    *,
    recommendation: Recommendation,
    by: User,
    at: datetime,
    centre_name: str,
    helps_organise: bool,
    stations: Sequence[Mapping],
) -> Recommendation:
    """Keep the table as typed, however incomplete, with its rows in this order.

    A row is a mapping of Station's fields. One with the `pk` of a row of this table
    changes it, any other is new; rows not named are taken out.
    """
    recommendation = editable(recommendation, by=by)
    recommendation.rulebook_version = recommendation.contest.current_version
    _refuse_too_many(len(stations), recommendation.rules)
    changed = _store_rows(recommendation, stations)
    if changed or recommendation.centre_name != centre_name:
        recommendation.rows_changed_at = at
    recommendation.centre_name = centre_name
    recommendation.helps_organise = helps_organise
    recommendation.save(
        update_fields=[
            "rulebook_version",
            "centre_name",
            "helps_organise",
            "rows_changed_at",
        ]
    )
    return recommendation


@transaction.atomic
def hand_in(*, recommendation: Recommendation, by: User, at: datetime):
    """Send the table to the organisers: complete, stamped and scanned (B14).

    After the due day it is taken all the same and marked late (B13); a table that
    comes back corrected keeps the time of its first handing in.
    """
    recommendation = editable(recommendation, by=by)
    recommendation.rulebook_version = recommendation.contest.current_version
    errors = errors_of(recommendation)
    if errors:
        raise Incomplete(
            errors[0].message,
            code=errors[0].code.value,
            fields={error.code.value: error.message for error in errors},
        )
    is_first = recommendation.handed_in_at is None
    return change_state(
        recommendation,
        to=RecommendationState.HANDED_IN,
        by=by,
        at=at,
        handed_in_at=at,
        is_late=is_late(recommendation.rules, at=at)
        if is_first
        else recommendation.is_late,
        rulebook_version=recommendation.rulebook_version,
    )


def is_late(rules: Outreach, *, at: datetime) -> bool:
    return at >= due_at(rules)


def due_at(rules: Outreach) -> datetime:
    """The first moment that is too late: “before the 19th” may include the 19th."""
    if rules.due_inclusive:
        return clock.end_of(rules.due_on)
    return clock.start_of(rules.due_on)


def editable(recommendation, *, by):
    recommendation = lock(recommendation)
    if not is_of_centre(by, recommendation.organisation):
        raise NotTheCentre(
            _("Only the district's practice centre fills in this table.")
        )
    if not can_fill(by, recommendation):
        raise NotEditable(
            _("The table has been handed in and can no longer be changed.")
        )
    return recommendation


def _refuse_too_many(count, rules):
    if count > rules.max_stations:
        raise TooManyStations(
            _(
                "No more than %(max)d stations fit into the table. What you typed is "
                "still here; please take a row out before you add another."
            )
            % {"max": rules.max_stations}
        )


def _store_rows(recommendation, rows) -> bool:
    """Bring the stored rows in line; True when something printed has changed."""
    stored = {station.pk: station for station in recommendation.stations.all()}
    before = [_printed(station) for station in stored.values()]
    kept = []
    for position, row in enumerate(rows, start=1):
        fields = {name: value for name, value in row.items() if name != "pk"}
        station = stored.pop(row.get("pk"), None) or Station()
        for name, value in fields.items():
            setattr(station, name, value)
        station.recommendation, station.position = recommendation, position
        kept.append(station)
    _take_out(stored.values())
    for station in kept:
        station.save()
    return before != [_printed(station) for station in kept]


def _printed(station):
    return [getattr(station, name) for name in PRINTED]


def _take_out(stations):
    for station in stations:
        if station.activities.exists():
            raise StationInUse(
                _(
                    "An activity is planned at “%(station)s”, so its row stays. "
                    "Please ask the organisers to move the activity first."
                )
                % {"station": station.name}
            )
        station.delete()
