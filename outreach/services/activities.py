"""Organisers set a district's activities at its recommended stations."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contests.errors import RuleViolation
from contests.models import District
from outreach.lifecycle import change_activity_state, lock
from outreach.models import Activity, Station
from outreach.services.deciding import refuse_all_but_organisers
from outreach.states import ActivityState, RecommendationState


class NoSuchActivity(RuleViolation):
    code = "no_such_activity"


class ForeignStation(RuleViolation):
    code = "station_of_another_district"


class TimesReversed(RuleViolation):
    code = "ends_before_it_starts"


class AlreadyConfirmed(RuleViolation):
    code = "already_confirmed"


class NotAccepted(RuleViolation):
    code = "recommendation_not_accepted"


class StationTaken(RuleViolation):
    code = "station_taken"


class NotYetBegun(RuleViolation):
    code = "not_yet_begun"


@transaction.atomic
def set_activity(
    *,
    district: District,
    position: int,
    station: Station,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    by: User,
    at: datetime,
) -> Activity:
    """Plan one of the district's activities, or plan it anew before it is confirmed."""
    refuse_all_but_organisers(by, district.contest)
    if not 1 <= position <= district.activity_count:
        raise NoSuchActivity(
            _("%(district)s has %(count)d activities, no more.")
            % {"district": district.name, "count": district.activity_count}
        )
    if station.recommendation.district_id != district.pk:
        raise ForeignStation(
            _("Please choose one of the stations that %(district)s recommended.")
            % {"district": district.name}
        )
    if ends_at <= starts_at:
        raise TimesReversed(_("The activity must end after it begins."))
    District.objects.select_for_update().get(pk=district.pk)
    activity = Activity.objects.filter(district=district, position=position).first()
    if activity and activity.state != ActivityState.PENDING:
        raise AlreadyConfirmed(
            _("This activity is confirmed. Please take the confirmation back first.")
        )
    activity = activity or Activity(
        contest=district.contest, district=district, position=position
    )
    activity.station, activity.title = station, title
    activity.starts_at, activity.ends_at = starts_at, ends_at
    activity.save()
    return activity


@transaction.atomic
def confirm_activity(*, activity: Activity, by: User, at: datetime) -> Activity:
    """Fix place and time, and show the activity to everybody."""
    activity = _of_organiser(activity, by=by)
    recommendation = activity.station.recommendation
    if recommendation.state != RecommendationState.ACCEPTED:
        raise NotAccepted(
            _("Please accept the table of %(district)s first.")
            % {"district": activity.district.name}
        )
    _refuse_when_taken(activity)
    return change_activity_state(activity, to=ActivityState.CONFIRMED, by=by, at=at)


@transaction.atomic
def unconfirm_activity(
    *, activity: Activity, by: User, at: datetime, reason: str = ""
) -> Activity:
    """Open place and time again; the public page no longer shows the activity."""
    activity = _of_organiser(activity, by=by)
    return change_activity_state(
        activity, to=ActivityState.PENDING, by=by, at=at, reason=reason
    )


@transaction.atomic
def mark_held(*, activity: Activity, by: User, at: datetime) -> Activity:
    """It took place."""
    activity = _of_organiser(activity, by=by)
    if at < activity.starts_at:
        raise NotYetBegun(_("This activity has not begun yet."))
    return change_activity_state(activity, to=ActivityState.HELD, by=by, at=at)


@transaction.atomic
def unmark_held(*, activity: Activity, by: User, at: datetime) -> Activity:
    """Take a mistaken mark back."""
    activity = _of_organiser(activity, by=by)
    return change_activity_state(activity, to=ActivityState.CONFIRMED, by=by, at=at)


def _of_organiser(activity, *, by):
    activity = lock(activity)
    refuse_all_but_organisers(by, activity.contest)
    return activity


def _refuse_when_taken(activity):
    """One station, one activity at a time; its row is locked while we look."""
    Station.objects.select_for_update().get(pk=activity.station_id)
    taken = Activity.objects.overlapping(activity).public().first()
    if taken:
        raise StationTaken(
            _("At this time the station already has “%(title)s”.")
            % {"title": taken.title}
        )
