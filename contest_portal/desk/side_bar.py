"""The side bar of work screens: what stands in it, and who sees it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role

RUN = {Role.ORGANISER, Role.SUPERVISOR}


@dataclass(frozen=True)
class Entry:
    """One link, for whoever holds one of the roles."""

    name: str
    label: Promise
    icon: str
    roles: set[Role]

    @property
    def link(self) -> tuple[str, str, str]:
        """Its name, label and icon."""
        return self.name, str(self.label), self.icon


WORKS = [
    Entry("organiser", _("Overview"), "layout-dashboard", RUN),
    Entry(
        "submissions:screening-queue",
        _("Screening"),
        "inbox",
        RUN | {Role.REVIEWER},
    ),
    Entry("submissions:waivers", _("Requests"), "hand", RUN),
    Entry("submissions:unsent", _("Drafts one step short"), "file-clock", RUN),
    Entry("judging:rounds", _("Judging"), "gavel", RUN),
    Entry("judging:results", _("Results"), "trophy", RUN),
    Entry("submissions:winner-forms", _("Forms of winners"), "file-check", RUN),
    Entry(
        "submissions:imports",
        _("Recommend works"),
        "layers",
        {Role.ORGANISER, Role.RECOMMENDER},
    ),
    Entry(
        "submissions:duties",
        _("Duty board"),
        "flag",
        RUN | {Role.RECOMMENDER, Role.PRACTICE_CENTRE},
    ),
    Entry("submissions:statistics", _("Figures and lists"), "list-checks", RUN),
    Entry("notifications:outbox", _("Outbox"), "send", {Role.ORGANISER}),
    Entry(
        "admin:judging_ballot_changelist",
        _("My ballots"),
        "list-checks",
        {Role.JUDGE},
    ),
]
PROGRAMME = [
    Entry(
        "outreach:recommendations",
        _("Station recommendations"),
        "map-pin",
        RUN | {Role.DISTRICT_OFFICER},
    ),
    Entry(
        "outreach:recommendation",
        _("Our recommendation"),
        "map-pin",
        {Role.PRACTICE_CENTRE},
    ),
    Entry(
        "outreach:schedule",
        _("Schedule"),
        "calendar-days",
        RUN | {Role.DISTRICT_OFFICER, Role.PRACTICE_CENTRE},
    ),
]
RECORDS = [Entry("admin:index", _("Raw records"), "settings", {Role.ORGANISER})]
SIDE_BAR = [WORKS, PROGRAMME, RECORDS]
