"""A work as a judge sees it: no author, no body, no school, no file name."""

from dataclasses import dataclass, field

from contests.models import Category
from judging.models import Candidate
from submissions.ai_notices import ai_notice
from submissions.allowances import allowance_words
from submissions.asked import asked_links
from submissions.copies import copy_of, media_url
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.models import Derivative, Finding
from submissions.players import Player, player_of
from submissions.shown import Shown, shown_large
from submissions.states import Severity

Kind = Derivative.Kind
# Their sentences may name the signer, the camera's owner, or another entrant's work.
ABOUT_PEOPLE = frozenset(
    code.value
    for code in Code
    if "-CREDENTIALS-" in code
    or code.endswith(("-KNOWN", "CAMERA-OTHER", "EDIT-HISTORY"))
)


@dataclass(frozen=True)
class Piece:
    """One file to look at: a picture, `url` being its largest, or a film in its
    `player`."""

    url: str
    caption: str
    position: int
    player: Player | None = None
    picture: Shown | None = None

    @property
    def is_video(self) -> bool:
        return self.player is not None


@dataclass(frozen=True)
class BlindWork:
    number: str
    title: str
    story: str
    unit: str
    track: str
    category: str
    genre: str
    ai_use: str
    ai_note: str
    ai_notice: str
    pieces: list[Piece]
    remarks: list[str]  # what a reviewer looked at and let pass
    allowances: list[str] = field(default_factory=list)  # agreed to beforehand
    links: list[str] = field(default_factory=list)  # where it is published instead
    site: str = ""


def blind_work(candidate: Candidate) -> BlindWork:
    work = candidate.submission
    limit = asked_links(work, work.rulebook_version.rulebook)
    return BlindWork(
        number=candidate.blind_number,
        title=work.title,
        story=work.story,
        unit=work.unit.name,
        track=work.track.name,
        category=work.category.name,
        genre=work.genre,
        ai_use=work.get_ai_use_display(),
        ai_note=work.ai_note,
        ai_notice=ai_notice(work),
        pieces=_pieces(work),
        remarks=_remarks(work),
        allowances=allowance_words(work),
        links=[link.url for link in work.links.all()] if limit else [],
        site=limit.site if limit else "",
    )


def _pieces(work):
    is_video = work.category.media == Category.Media.VIDEO
    files = work.media_files.select_related("conversion").prefetch_related(
        "derivatives"
    )
    return [
        Piece(
            url=media_url(file, Kind.LARGE if copy_of(file, Kind.LARGE) else Kind.VIEW),
            caption=file.caption,
            position=position,
            player=player_of(file) if is_video else None,
            picture=None if is_video else shown_large(file),
        )
        for position, file in enumerate(files.order_by("position", "pk"), start=1)
    ]


def _remarks(work):
    findings = Finding.objects.filter(
        inspection__media_file__submission=work, severity=Severity.WARNING
    )
    told = findings.exclude(code__in=ABOUT_PEOPLE)
    sentences = [render(finding.code, finding.params) for finding in told]
    return list(dict.fromkeys(sentences))
