"""What the committee lets one work do beyond its rule book (B9).

A granted length opens the upper limit of the work's category, where the rule book says
that this limit may be waived, up to the length agreed; the tolerances stay the rule's.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from contests.moments import deadline_words
from contests.rulebook import Category, DurationLimit, Limit, RuleBook
from submissions.media.codes import Code
from submissions.media.humanise import duration
from submissions.models import Submission, Waiver
from submissions.states import WaiverState


def category_for(
    submission: Submission, book: RuleBook, key: str | None = None
) -> Category:
    """The category of the work, or the one named, with the limits that hold for it."""
    category = book.category(key or submission.category.key)
    limit = waivable_duration(category)
    granted_s = limit and granted_duration_s(submission)
    if not granted_s or granted_s <= limit.max_s:
        return category
    opened = limit.model_copy(update={"max_s": float(granted_s)})
    limits = category.limits.model_copy(update={"duration": opened})
    return category.model_copy(update={"limits": limits})


def waivable_duration(category: Category) -> DurationLimit | None:
    """The length limit of a category, if the rule book lets it be waived."""
    limit = category.limits.duration
    return limit if limit and limit.waiver and limit.max_s is not None else None


def waivable_duration_of(submission: Submission) -> DurationLimit | None:
    """The same for a work, as its rule book stands; None without a category."""
    if submission.category is None:
        return None
    book = submission.rulebook_version.rulebook
    return waivable_duration(book.category(submission.category.key))


def waivable_label_of(submission: Submission) -> Limit | None:
    """The limit that bars generated pictures, if the committee may decide (B7)."""
    if submission.category is None:
        return None
    book = submission.rulebook_version.rulebook
    limit = book.category(submission.category.key).limits.unmodified
    return limit if limit and limit.waiver else None


def waivable_limit_of(submission: Submission, kind: str) -> Limit | None:
    """What a request of this kind is about; None for one that is about no limit."""
    if kind == Waiver.Kind.DURATION:
        return waivable_duration_of(submission)
    return waivable_label_of(submission) if kind == Waiver.Kind.LABEL else None


def waived_codes(submission: Submission) -> frozenset[Code]:
    """Errors that the committee has agreed to for this work."""
    has_label = Waiver.Kind.LABEL in granted_waivers(submission)
    if has_label and waivable_label_of(submission):
        return frozenset({Code.IMG_AIGC_LABELLED})
    return frozenset()


def granted_duration_s(submission: Submission) -> int | None:
    granted = granted_waivers(submission).get(Waiver.Kind.DURATION)
    return granted.granted_duration_s if granted else None


def granted_waivers(submission: Submission) -> Mapping[str, Waiver]:
    """By kind; there is one of each at most."""
    return {
        waiver.kind: waiver
        for waiver in submission.waivers.all()
        if waiver.state == WaiverState.GRANTED
    }


def allowance_words(submission: Submission) -> list[str]:
    """What reviewers and judges are told: that it was agreed, and how far."""
    granted = granted_waivers(submission)
    words = []
    if Waiver.Kind.DURATION in granted and waivable_duration_of(submission):
        seconds = granted[Waiver.Kind.DURATION].granted_duration_s
        words.append(
            _("Agreed with the committee: %(length)s") % {"length": duration(seconds)}
        )
    if Waiver.Kind.LABEL in granted and waivable_label_of(submission):
        words.append(_("Agreed with the committee: a picture labelled as made with AI"))
    if Waiver.Kind.LATE_ENTRY in granted:
        until = granted[Waiver.Kind.LATE_ENTRY].granted_until
        words.append(
            _("Agreed with the committee: handed in until %(time)s")
            % {"time": deadline_words(until)}
        )
    return words


def granted_words(waiver: Waiver) -> str:
    """What was agreed to, in a sentence."""
    words = []
    if waiver.kind == Waiver.Kind.LABEL:
        words.append(_("The label in the file no longer bars the picture."))
    if waiver.granted_duration_s:
        words.append(
            _("The film may last up to %(length)s.")
            % {"length": duration(waiver.granted_duration_s)}
        )
    if waiver.granted_until:
        words.append(
            _("The work can be handed in until %(time)s.")
            % {"time": deadline_words(waiver.granted_until)}
        )
    return " ".join(words)
