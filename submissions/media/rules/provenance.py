"""What a photograph tells of its making (REQUIREMENTS B7): a person decides.

None of it proves anything, so none of it refuses a picture: developing a raw file is
a photographer's daily work, and chat programs take the camera's data off everything.
The one exception is the label that says a photograph was generated.
"""

from collections.abc import Iterator

from contests.rulebook import Limits
from submissions.media.codes import Code
from submissions.media.facts import ImageFacts
from submissions.media.findings import Finding
from submissions.media.pictures.exif import day_of
from submissions.media.provenance import origins
from submissions.states import Severity

FIRST_DIGITAL_YEAR = 1995
CLOCK_SLACK_DAYS = 1  # GPS tells the day in London
SIZE_SLACK = 0.01
# Steps of a signed history that change more than light and colour.
EDITING_ACTIONS = frozenset(
    f"c2pa.{step}"
    for step in (
        *("cropped", "drawing", "edited", "enhanced", "filtered", "placed"),
        *("removed", "resized", "deleted"),
    )
)


def check_editing(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Programs and steps of work; a raw development is told apart (60)."""
    limit = limits.unmodified
    if limit is None:
        return
    cited = {"rule": limit.rule, "clause": limit.clause}
    named = (facts.software, *facts.edit_programs)
    editor = next(filter(origins.is_editor, named), "")
    developer = next(filter(origins.is_developer, named), "")
    program = editor or developer
    if program:
        is_development = not editor and not facts.is_retouched
        yield Finding(
            Code.IMG_EDIT_DEVELOPED if is_development else Code.IMG_EDIT_SOFTWARE,
            measured=program,
            params={"software": program},
            **cited,
        )
    elif facts.has_edit_history or facts.has_parent_picture:
        yield Finding(
            Code.IMG_EDIT_HISTORY, measured=facts.edit_step_count or None, **cited
        )
    elif not facts.camera and not facts.taken_at:
        yield Finding(Code.IMG_EXIF_NONE, **cited)


def check_size_as_taken(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """A size that is not a camera's: cut or scaled after it was taken (60)."""
    limit = limits.unmodified
    if limit is None or facts.side_ratio is None:
        return
    size = (facts.width_px, facts.height_px)
    recorded = (facts.recorded_width_px, facts.recorded_height_px)
    cited = {"rule": limit.rule, "clause": limit.clause}
    measured = "{}x{}".format(*size)
    if all(recorded):
        if not _is_same_size(size, recorded):
            yield Finding(
                Code.IMG_SIZE_CHANGED,
                measured=measured,
                limit="{}x{}".format(*recorded),
                params={"size_px": size, "recorded_px": recorded},
                **cited,
            )
    elif facts.camera and not origins.is_camera_ratio(facts.side_ratio):
        yield Finding(
            Code.IMG_SIZE_CHANGED,
            measured=measured,
            params={"size_px": size, "variant": "ratio"},
            **cited,
        )


def _is_same_size(size, recorded) -> bool:
    """Turned or not; some cameras round by a few pixels."""
    pairs = zip(sorted(size), sorted(recorded), strict=True)
    return all(abs(side - told) <= SIZE_SLACK * told for side, told in pairs)


def check_day(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """The day it was taken, against the rule book's window if it has one."""
    limit, day = limits.taken, day_of(facts.taken_at)
    if limit is None or day is None or limit.covers(day):
        return
    yield Finding(
        Code.IMG_TAKEN_OUTSIDE,
        measured=day.isoformat(),
        limit=limit.words,
        rule=limit.rule,
        clause=limit.clause,
        params={"taken_on": day.isoformat(), "window": limit.words},
    )


def check_clock(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """A camera's clock that cannot be right."""
    limit, day = limits.unmodified, day_of(facts.taken_at)
    if limit is None or not facts.taken_at:
        return
    by_gps = day_of(facts.gps_date)
    params = {"taken_on": day.isoformat() if day else facts.taken_at}
    if day is None or day.year < FIRST_DIGITAL_YEAR:
        params["variant"] = "unset"
    elif by_gps is None or abs((by_gps - day).days) <= CLOCK_SLACK_DAYS:
        return
    else:
        params["gps_on"] = by_gps.isoformat()
    yield Finding(
        Code.IMG_CLOCK_ODD,
        measured=params["taken_on"],
        limit=params.get("gps_on"),
        rule=limit.rule,
        clause=limit.clause,
        params=params,
    )


def check_camera(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Two accounts of the camera that do not fit together."""
    limit = limits.unmodified
    if limit is None or not facts.camera or not facts.xmp_camera:
        return
    one, other = facts.camera.casefold(), facts.xmp_camera.casefold()
    if one in other or other in one or one.split()[-1] == other.split()[-1]:
        return
    yield Finding(
        Code.IMG_CAMERA_OTHER,
        measured=facts.camera,
        limit=facts.xmp_camera,
        rule=limit.rule,
        clause=limit.clause,
        params={"camera": facts.camera, "other_camera": facts.xmp_camera},
    )


def check_source(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Made up by a program, by its own account; the label, if any, says so already."""
    if facts.aigc_label:
        return
    limit = limits.unmodified
    cited = {"rule": limit.rule, "clause": limit.clause} if limit else {}
    types = (facts.c2pa_source_type, facts.digital_source_type)
    named = (facts.software, *facts.edit_programs, facts.c2pa_generator)
    told = [kind for kind in types if kind in origins.MADE_UP]
    told += filter(origins.is_generator, named)
    if told:
        yield Finding(Code.IMG_SOURCE_GENERATED, measured=told[0], **cited)
        return
    other = next((kind for kind in types if kind in origins.NOT_TAKEN), "")
    if other and limit is not None:
        yield Finding(Code.IMG_SOURCE_OTHER, measured=other, **cited)


def check_credentials(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Signed content credentials: whether they hold, and what they tell (60)."""
    limit = limits.unmodified
    if limit is None or not facts.c2pa_state:
        return
    cited = {"rule": limit.rule, "clause": limit.clause}
    state = facts.c2pa_state
    params = {"signer": facts.c2pa_signer or facts.c2pa_generator}
    if state == "invalid":
        yield Finding(Code.IMG_CREDENTIALS_INVALID, measured=state, **cited)
    elif state == "unreadable":
        yield Finding(Code.IMG_CREDENTIALS_UNREADABLE, measured=state, **cited)
    elif state == "remote":
        params = {"variant": "remote"}
        yield Finding(
            Code.IMG_CREDENTIALS_FOUND, measured=state, params=params, **cited
        )
    elif edits := sorted(EDITING_ACTIONS.intersection(facts.c2pa_actions)):
        yield Finding(
            Code.IMG_CREDENTIALS_EDITED, measured=edits, params=params, **cited
        )
    else:
        yield Finding(
            Code.IMG_CREDENTIALS_FOUND, measured=state, params=params, **cited
        )


def check_ai_label(facts: ImageFacts, limits: Limits) -> Iterator[Finding]:
    """Labelled as generated: refused where pictures must not be modified (B7).

    Where the rule book lets the committee decide, the sentence says how to ask it.
    """
    if not facts.aigc_label:
        return
    limit = limits.unmodified
    if limit is not None and facts.aigc_label == "1":
        yield Finding(
            Code.IMG_AIGC_LABELLED,
            measured=facts.aigc_label,
            rule=limit.rule,
            clause=limit.clause,
            params={"variant": "waiver"} if limit.waiver else {},
        )
        return
    yield Finding(
        Code.IMG_AIGC_LABELLED,
        severity=Severity.WARNING,
        measured=facts.aigc_label,
        params={"variant": "review"},
    )


MAKING = (
    check_editing,
    check_size_as_taken,
    check_day,
    check_clock,
    check_camera,
    check_source,
    check_credentials,
    check_ai_label,
)
