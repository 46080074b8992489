"""What the portal holds about a person: where it is, how it is told, how it goes.

Each app registers one Holding in its AppConfig.ready: the tables whose rows belong to
a person, and what happens to them when the person leaves. Export reads every table;
erasure asks the holdings from the top of the layers down, in one transaction. Tables
that hang on a person and belong to nobody's data are exempt, with the reason.
`tests/accounts/test_personal_data.py` fails while a table is neither.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import IO

from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

from accounts.models import User


@dataclass(frozen=True)
class Table:
    """Rows of a person: `owner` is the path to them, `hides` what is not theirs to
    read: secrets, and who else had a part in it."""

    model: type[Model]
    owner: str
    hides: frozenset[str] = frozenset()
    only: Mapping = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.model._meta.model_name

    def rows_of(self, user: User) -> QuerySet:
        found = self.model._default_manager.filter(**{self.owner: user.pk}, **self.only)
        return found.order_by("pk")

    def columns(self) -> list:
        """The fields a person may read, in the order of the table."""
        return [
            each
            for each in self.model._meta.concrete_fields
            if each.name not in self.hides
        ]

    def told_of(self, user: User) -> list[dict]:
        """The person's rows as plain values, ready for JSON."""
        return [
            {each.name: each.value_from_object(row) for each in self.columns()}
            for row in self.rows_of(user).iterator()
        ]


@dataclass(frozen=True)
class OwnFile:
    """A file of a person and its path in the archive: stored, or made when asked."""

    path: str
    stored: FieldFile | None = None
    make: Callable[[], bytes] | None = None

    def open(self) -> IO[bytes]:
        """Raises FileNotFoundError when the storage has it no longer."""
        if self.make is not None:
            return BytesIO(self.make())
        return self.stored.storage.open(self.stored.name, "rb")


@dataclass(frozen=True)
class Choice:
    """A work that may stay or go, as its entrant likes."""

    submission_id: int
    label: str


@dataclass(frozen=True)
class Prospect:
    """What a person is told before everything goes."""

    goes: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    def __add__(self, other: "Prospect") -> "Prospect":
        return Prospect(
            self.goes + other.goes,
            self.stays + other.stays,
            self.choices + other.choices,
        )


@dataclass
class Leaving:
    """One erasure under way: what was chosen, and the files to delete afterwards."""

    user: User
    at: datetime
    kept: frozenset[int] = frozenset()  # submissions the person lets stand by choice
    files: list[str] = field(default_factory=list)  # names in the default storage

    def forget(self, *stored: FieldFile) -> None:
        """Have stored files deleted once the rows are gone."""
        self.files.extend(each.name for each in stored if each)


def _no_files(user: User) -> Iterable[OwnFile]:
    return ()


def _nothing_to_say(user: User, at: datetime) -> Prospect:
    return Prospect()


def _lets_go(user: User, at: datetime) -> bool:
    return False


def _nothing_to_do(leaving: Leaving) -> None:
    """For tables whose rows stay."""


@dataclass(frozen=True)
class Holding:
    """What one app holds about people."""

    app: str
    tables: tuple[Table, ...]
    exempt: Mapping[type[Model], str | Promise] = field(default_factory=dict)
    files_of: Callable[[User], Iterable[OwnFile]] = _no_files
    foretell: Callable[[User, datetime], Prospect] = _nothing_to_say
    erase: Callable[[Leaving], None] = _nothing_to_do
    ties: Callable[[User, datetime], bool] = _lets_go  # is the account still needed


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Called once by each app when it is ready."""
    _holdings[holding.app] = holding


def holdings() -> list[Holding]:
    """From the bottom of the layers up, as the apps are installed."""
    order = [config.label for config in apps.get_app_configs()]
    return sorted(_holdings.values(), key=lambda each: order.index(each.app))


def everything_about(user: User) -> dict[str, dict[str, list[dict]]]:
    """All rows of a person, by app and table."""
    return {
        holding.app: {table.name: table.told_of(user) for table in holding.tables}
        for holding in holdings()
    }


def files_of(user: User) -> Iterator[OwnFile]:
    for holding in holdings():
        yield from holding.files_of(user)


def prospect(user: User, *, at: datetime) -> Prospect:
    """What would go and what would stay, the works first."""
    found = Prospect()
    for holding in reversed(holdings()):
        found += holding.foretell(user, at)
    return found


def erase(leaving: Leaving) -> None:
    """Every app lets go, the upper ones first. Runs in the caller's transaction."""
    for holding in reversed(holdings()):
        holding.erase(leaving)


def is_tied(user: User, *, at: datetime) -> bool:
    """Whether an app still needs the account, so that it does not go by itself."""
    return any(holding.ties(user, at) for holding in holdings())
