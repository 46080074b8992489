"""From accepted works to the award list: the rehearsal's judges and organiser."""

import datetime as dt

from accounts.models import Role
from contest_portal.desk.demonstration import people, score_all
from contest_portal.desk.rehearse.progress import StepFailed
from contest_portal.desk.scenario import at_noon
from contests.models import AwardKind, Contest, Stage
from judging import services as judging
from judging.models import Round

JUDGES = 3


def judge_stage(contest: Contest, stage: Stage) -> Round:
    """Open the stage's round, have three judges score every work, close it."""
    organiser = people(contest, Role.ORGANISER)[0]
    judges = people(contest, Role.JUDGE)[:JUDGES]
    if len(judges) < JUDGES:
        raise StepFailed(f"there are only {len(judges)} judges")
    by = {"by": organiser, "at": after(stage)}
    round = judging.open_round(stage=stage, **by)
    judging.assign_judges(round=round, judges=judges, **by)
    judging.start_judging(round=round, **by)
    for judge in judges:
        score_all(round, judge, at=by["at"])
    return judging.close_round(round=round, **by)


def after(stage: Stage) -> dt.datetime:
    """A week after the last work of the stage can have come."""
    return at_noon((stage.works_until or stage.starts_on) + dt.timedelta(days=7))


def select_best(round: Round, *, share: float) -> int:
    """Choose that share of the works, at least one, by their rank; publish it."""
    by = {"by": people(round.contest, Role.ORGANISER)[0], "at": after(round.stage)}
    ranked = list(round.candidates.order_by("tally__rank", "blind_number"))
    best = ranked[: max(1, round_up(len(ranked) * share))]
    judging.select(candidates=best, **by)
    judging.confirm_round(round=round, **by)
    judging.publish_results(round=round, **by)
    return len(best)


def round_up(number: float) -> int:
    return -int(-number // 1)


def award_final(round: Round, contest: Contest) -> int:
    """Give every award of the final to somebody, count them, publish the list."""
    by = {"by": people(contest, Role.ORGANISER)[0], "at": after(round.stage)}
    ranked = list(round.candidates.order_by("tally__rank", "blind_number"))
    counts = round.award_counts.select_related("kind").order_by("kind__position")
    for award_count in counts:
        winners = _winners(award_count.kind, ranked, contest)
        judging.set_award_count(
            round=round, kind=award_count.kind, count=len(winners), **by
        )
        for winner in winners:
            judging.give_award(round=round, kind=award_count.kind, **winner, **by)
    judging.confirm_round(round=round, **by)
    judging.publish_results(round=round, **by)
    return round.awards.count()


def _winners(kind: AwardKind, ranked: list, contest: Contest) -> list[dict]:
    """One more of each lower prize, as long as there are works."""
    if kind.subject == AwardKind.Subject.SUBMISSION:
        taken, ranked[:] = ranked[: kind.position], ranked[kind.position :]
        return [{"candidate": candidate} for candidate in taken]
    if kind.subject == AwardKind.Subject.ORGANISATION:
        return [{"organisation": body} for body in contest.organisations.all()[:1]]
    return [{"person_name": "示例先进"}]
