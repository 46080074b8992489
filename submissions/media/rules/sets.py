"""Rules for the files of one work together (REQUIREMENTS B5, B6, B26)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from contests.rulebook import Category, CountLimit
from submissions.media.codes import Code
from submissions.media.facts import FileFacts, VideoFacts
from submissions.media.findings import Finding
from submissions.states import Severity


def check_set(files: Sequence[FileFacts], category: Category) -> list[Finding]:
    """What is wrong with the files as one work, beyond each of them."""
    return [
        *check_count(len(files), category),
        *check_same_files(files),
        *check_total_length(files, category),
    ]


def check_count(count: int, category: Category) -> Iterator[Finding]:
    limit = category.limits.count
    if limit is None:
        if count:
            yield Finding(Code.LNK_FILES_NONE, measured=count, limit=0)
        return
    if count < limit.min:
        yield _counted(Code.SET_COUNT_FEW, count, limit.min, limit)
    elif count > limit.max:
        yield _counted(_too_many(category), count, limit.max, limit)
    elif limit.warn_above is not None and count > limit.warn_above:
        code = _too_many(category)
        finding = _counted(code, count, limit.warn_above, limit, variant="review")
        yield finding.with_severity(Severity.WARNING)


def _too_many(category: Category) -> Code:
    """Pages are what a strip could hide; other pictures are a series."""
    if category.media == "video":
        return Code.SET_COUNT_MANY
    if category.limits.aspect is not None:
        return Code.SET_PAGES_MANY
    return Code.SET_PHOTOS_MANY


def _counted(
    code: Code, count: int, bound: int, limit: CountLimit, **params: str
) -> Finding:
    return Finding(
        code,
        measured=count,
        limit=bound,
        rule=limit.rule,
        clause=limit.clause,
        params={"count": count, "limit": bound} | params,
    )


def check_same_files(files: Sequence[FileFacts]) -> Iterator[Finding]:
    counts = Counter(facts.sha256 for facts in files if facts.sha256)
    for _sha256, count in counts.items():
        if count > 1:
            yield Finding(
                Code.SET_FILES_SAME, measured=count, limit=1, params={"count": count}
            )


def check_total_length(
    files: Sequence[FileFacts], category: Category
) -> Iterator[Finding]:
    """Each video of a set is within its limit; all of them may not be (B26)."""
    limit = category.limits.duration
    lengths = [
        facts.duration_s or 0.0 for facts in files if isinstance(facts, VideoFacts)
    ]
    if limit is None or limit.max_s is None or len(lengths) < 2:
        return
    total_s = round(sum(lengths), 3)
    if total_s > limit.max_s + limit.pass_tolerance_s:
        yield Finding(
            Code.SET_DUR_LONG,
            measured=total_s,
            limit=limit.max_s,
            rule=limit.rule,
            clause=limit.clause,
            params={"duration_s": round(total_s), "limit_s": limit.max_s},
        )
