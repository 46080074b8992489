"""What every page may show: the contest, the reader's roles, the reader's settings."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from contest_portal.desk.side_bar import SIDE_BAR
from contests import clock
from contests.models import Contest
from notifications.queries import unread_count

LARGE_TEXT_COOKIE = "large_text"


@dataclass(frozen=True)
class Link:
    name: str
    label: str
    icon: str
    url: str
    is_current: bool = False
    is_main: bool = False
    is_own: bool = False  # where the reader's own things are


class Site:
    """One per request; each part is read on demand, once."""

    def __init__(self, request):
        self._request = request

    @cached_property
    def contest(self) -> Contest | None:
        return Contest.objects.current()

    @cached_property
    def book(self):
        """The rule book in force; None before the first one is loaded."""
        version = self.contest and self.contest.current_version
        return version.rulebook if version else None

    @property
    def has_outreach(self) -> bool:
        return bool(self.book and self.book.outreach)

    @cached_property
    def roles(self) -> frozenset[str]:
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated or self.contest is None:
            return frozenset()
        held = user.memberships.filter(contest=self.contest)
        return frozenset(held.values_list("role", flat=True))

    @cached_property
    def unread_count(self) -> int:
        """Notifications the reader has not opened yet."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return 0
        return unread_count(user)

    @property
    def large_text(self) -> bool:
        return self._request.COOKIES.get(LARGE_TEXT_COOKIE) == "1"

    @property
    def today(self) -> dt.date:
        return clock.today()

    @property
    def previewed_day(self) -> dt.date | None:
        return clock.previewed_day()

    @property
    def is_demo(self) -> bool:
        return settings.DEMO_TODAY is not None

    @property
    def return_path(self) -> str:
        return self._request.get_full_path()

    @cached_property
    def links(self) -> list[Link]:
        """The top bar of public pages."""
        return self._linked(
            ("home", _("Home"), "house"),
            ("submissions:gallery", _("Works"), "images"),
            ("outreach:activities", _("Near you"), "map-pin"),
            ("judging:results", _("Notices"), "trophy"),
            ("contests:notice", _("How to enter"), "book-open"),
        )

    @cached_property
    def tabs(self) -> list[Link]:
        """The tab bar on phones; the middle one is the main action."""
        return self._linked(
            ("home", _("Home"), "house"),
            ("submissions:gallery", _("Works"), "images"),
            ("submissions:start", _("Submit"), "plus"),
            ("outreach:activities", _("Activities"), "map-pin"),
            ("submissions:mine", _("Mine"), "user"),
        )

    @cached_property
    def desk_links(self) -> list[list[Link]]:
        """The side bar of work screens, in groups, by the roles of the reader."""
        found = [
            self._linked(*(entry.link for entry in group if entry.roles & self.roles))
            for group in SIDE_BAR
        ]
        return [group for group in found if group]

    @property
    def desk_home(self) -> Link | None:
        """Where somebody who holds a role begins to work."""
        return next((link for group in self.desk_links for link in group), None)

    def _linked(self, *entries) -> list[Link]:
        """Links of these (name, label, icon); none into a programme there is not."""
        return [
            Link(
                name,
                label,
                icon,
                url := reverse(name),
                is_current=self._is_current(url),
                is_main=name == "submissions:start",
                is_own=name == "submissions:mine",
            )
            for name, label, icon in entries
            if self._is_asked(name)
        ]

    def _is_asked(self, name) -> bool:
        """Whether the rule book has anything to do at this address."""
        if name.startswith("outreach:"):
            return self.has_outreach
        if name == "submissions:imports":
            return bool(self.book and self.book.summary_table)
        if name == "submissions:winner-forms":
            licence = self.book and self.book.licence
            return bool(licence and licence.winner_form)
        if name == "submissions:duties":
            return bool(self.book and self.book.duties)
        return True

    def _is_current(self, url) -> bool:
        path = self._request.path
        return path == url if url == "/" else path.startswith(url)


def site_of(request) -> Site:
    """The request's one Site."""
    if not hasattr(request, "site_context"):
        request.site_context = Site(request)
    return request.site_context


def site(request):
    """Context processor: `site` in every template."""
    return {"site": site_of(request)}
