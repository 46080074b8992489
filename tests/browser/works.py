"""Works that were handed in before a journey begins."""

import datetime as dt

from django.core.files import File

from contests import clock
from submissions import services
from submissions.models import Submission
from submissions.states import State
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_handed_in


def hand_in(contest, path, *, category: str, title: str) -> Submission:
    """By the services, with a real file that the worker has looked at."""
    author = CitizenFactory(full_name="王小荷")
    at = clock.now()
    draft = services.create_draft(contest=contest, author=author, at=at)
    common = {"submission": draft, "by": author, "at": at}
    services.update_draft(
        **common,
        unit=contest.units.first(),
        track=contest.tracks.first(),
        category=contest.categories.get(key=category),
        title=title,
        story="每天六点，他们沿着河走一圈。",
        entrant_name="王小荷",
        ai_use=Submission.AiUse.NONE,
        author_age=Submission.AuthorAge.ADULT,
        shows_children=False,
    )
    with path.open("rb") as opened:
        services.add_file(**common, upload=File(opened, name=path.name))
    services.set_authors(**common, names=["王小荷"])
    services.declare(
        **common, keys={each.key for each in contest.rulebook.declarations}
    )
    services.submit(**common)
    return Submission.objects.get(pk=draft.pk)


def accept_works(contest, titles) -> list[Submission]:
    """Accepted works of one prize group, handed in while the first selection took
    works."""
    stage = contest.stages.get(key="selection-1")
    at = clock.start_of(stage.works_from + dt.timedelta(days=30))
    return [
        make_handed_in(
            contest,
            state=State.ACCEPTED,
            submitted_at=at,
            number=f"HZ23-{number:05d}",
            title=title,
            unit=contest.units.get(key="city"),
            track=contest.tracks.get(key="public"),
            category=contest.categories.get(key="photo"),
        )
        for number, title in enumerate(titles, start=1)
    ]
