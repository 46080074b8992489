"""The works of a person: all of it theirs to take along; most of it goes with them.

What stays of a work that was handed in and is not accepted is its number, where it
stood in the contest, and who decided what: no text, no file, no name. An accepted work
stays as it was entered, with its credit line and the papers it may be shown on the
strength of, unless its entrant takes it out in time.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.personal_data import (
    Choice,
    Holding,
    Leaving,
    OwnFile,
    Prospect,
    Table,
    register,
)
from contests.deadlines import is_past
from contests.models import Contest
from notifications.services import forget_about
from submissions.lifecycle import change_state
from submissions.media.jobs.rows import lock_files_of
from submissions.models import (
    Attachment,
    Conversion,
    Declaration,
    Derivative,
    DraftCheck,
    FilmPrint,
    Finding,
    HashBand,
    ImportBatch,
    ImportRow,
    Inspection,
    Likeness,
    LikenessRuling,
    MediaFile,
    OriginalRequest,
    PictureHash,
    Receipt,
    Screening,
    ScreeningClaim,
    SoundWord,
    Submission,
    SubmissionAuthor,
    SubmissionEvent,
    Upload,
    Waiver,
    WinnerForm,
    WorkLink,
)
from submissions.receipts import receipt_pdf
from submissions.services.handing_in import is_settled
from submissions.states import ERASED, State
from submissions.uploads.stores import arrived_in

UNDECIDED = {State.SUBMITTED, State.SCREENING, State.RETURNED}

# Of a work that stays only as a number, everything an entrant wrote or chose.
TOLD_BY_ENTRANT = {
    "title": ERASED,
    "story": "",
    "text_summary": "",
    "shot_on": None,
    "shot_place": "",
    "entrant_name": "",
    "organisation": None,
    "organisation_name": "",
    "organisation_code": "",
    "tags": [],
    "author_age": "",
    "shows_children": None,
    "school": "",
    "ai_use": "",
    "ai_note": "",
}


# --- A copy ------------------------------------------------------------------
def _files_of(user):
    works = Submission.objects.owned_by(user).order_by("pk")
    for work in works.prefetch_related("media_files", "attachments", "receipts"):
        folder = work.number or _("draft %(id)s") % {"id": work.pk}
        for file in work.media_files.all():
            name = f"{file.position}-{file.original_name}"
            yield OwnFile(f"{folder}/{name}", stored=file.file)
        for paper in work.attachments.all():
            name = f"{paper.pk}-{paper.original_name}"
            yield OwnFile(f"{folder}/{paper.purpose}/{name}", stored=paper.file)
        for receipt in work.receipts.all():
            name = f"{receipt.code}.pdf"
            yield OwnFile(f"{folder}/receipts/{name}", make=_paper(receipt))


def _paper(receipt):
    return lambda: receipt_pdf(receipt)


# --- Being forgotten ---------------------------------------------------------
def _foretell(user, at):
    drafts, undecided, closed, settled, choices = 0, 0, 0, 0, []
    for work in Submission.objects.owned_by(user).select_related("contest"):
        if work.state == State.ACCEPTED and is_settled(work, at=at):
            settled += 1
        elif work.state == State.ACCEPTED:
            choices.append(Choice(work.pk, f"{work.number} {work.title}"))
        elif work.state in UNDECIDED:
            undecided += 1
        elif work.number:
            closed += 1
        else:
            drafts += 1
    return Prospect(
        goes=_goes(drafts, undecided, closed),
        stays=_stays(settled, numbers=undecided + closed + len(choices)),
        choices=choices,
    )


def _goes(drafts, undecided, closed):
    counted = [
        (
            drafts,
            ngettext(
                "%(count)s draft with its files.",
                "%(count)s drafts with their files.",
                drafts,
            ),
        ),
        (
            undecided,
            ngettext(
                "%(count)s work without a decision: it is withdrawn, and its texts "
                "and files are deleted.",
                "%(count)s works without a decision: they are withdrawn, and their "
                "texts and files are deleted.",
                undecided,
            ),
        ),
        (
            closed,
            ngettext(
                "The texts and files of %(count)s work that no longer takes part.",
                "The texts and files of %(count)s works that no longer take part.",
                closed,
            ),
        ),
    ]
    return [words % {"count": count} for count, words in counted if count]


def _stays(settled, *, numbers):
    stays = []
    if settled:
        stays.append(
            ngettext(
                "%(count)s accepted work stays with the names you gave, as agreed when "
                "it was entered.",
                "%(count)s accepted works stay with the names you gave, as agreed when "
                "they were entered.",
                settled,
            )
            % {"count": settled}
        )
    if numbers:
        stays.append(
            _("Of works handed in: the number, the dates and what was decided.")
        )
    return stays


def _is_tied(user, at):
    """By a work of a contest whose days are not over."""
    works = Submission.objects.owned_by(user)
    contests = Contest.objects.with_rulebook().filter(pk__in=works.values("contest"))
    return any(
        not is_past(contest, contest.rulebook.defaults.entries_kept_days, at=at)
        for contest in contests
    )


def _erase(leaving: Leaving) -> None:
    gone = []
    _wait_for_uploads(leaving.user)
    empty_imported(ImportBatch.objects.filter(made_by=leaving.user))
    works = Submission.objects.owned_by(leaving.user).order_by("pk")
    for work in works.select_for_update().select_related("contest"):
        if work.state in UNDECIDED or _is_taken_out(work, leaving):
            change_state(work, to=State.WITHDRAWN, by=leaving.user, at=leaving.at)
        if work.state == State.ACCEPTED:
            _keep_with_credit(work, leaving)
            continue
        gone.append(work.pk)
        if work.number:
            keep_the_number(work, leaving)
        else:
            delete_work(work, leaving)
    forget_about(gone)


def _wait_for_uploads(user):
    """Whoever stores an upload holds its row, then asks for the work's: so do we."""
    list(Upload.objects.owned_by(user).order_by("pk").select_for_update())


def empty_imported(tables):
    """Who brought which table when stays; the names and numbers in it go."""
    rows = ImportRow.objects.filter(batch__in=tables)
    rows.update(cells={}, values={}, problems=[])
    tables.update(head={}, problems=[], original_name=ERASED)


def _is_taken_out(work, leaving):
    return (
        work.state == State.ACCEPTED
        and work.pk not in leaving.kept
        and not is_settled(work, at=leaving.at)
    )


def _keep_with_credit(work, leaving):
    """It stays as it was entered; what only served its checking goes."""
    _drop_uploads(work, leaving)
    _drop_papers(work.attachments.filter(purpose=Attachment.Purpose.ORIGINAL), leaving)
    for file in work.media_files.all():
        file.original_name = f"{work.number}-{file.position}"
        file.save(update_fields=["original_name"])
    Inspection.objects.filter(media_file__submission=work).update(log="")
    _blank_what_was_said(work, leaving)


def keep_the_number(work, leaving):
    """Nothing of the entrant is left but the row the count needs."""
    if work.state == State.DRAFT:
        change_state(work, to=State.WITHDRAWN, by=leaving.user, at=leaving.at)
    _drop_everything_stored(work, leaving)
    work.authors.all().delete()
    work.links.all().delete()
    work.declarations.update(signed_by="")
    _blank_what_was_said(work, leaving)
    work.screenings.exclude(reason="").update(reason=ERASED)
    work.events.exclude(reason="").update(reason=ERASED)
    for name, value in TOLD_BY_ENTRANT.items():
        setattr(work, name, value)
    work.save(update_fields=[*TOLD_BY_ENTRANT, "updated_at"])


def delete_work(work, leaving):
    _drop_everything_stored(work, leaving)
    work.delete()


def _drop_everything_stored(work, leaving):
    lock_files_of(work)  # copies that are being recorded are there, or never will be
    _drop_uploads(work, leaving)
    _drop_papers(work.attachments.all(), leaving)
    for file in work.media_files.prefetch_related("derivatives"):
        leaving.forget(file.file, *(copy.file for copy in file.derivatives.all()))
        file.delete()


def _drop_papers(papers, leaving):
    for paper in papers:
        leaving.forget(paper.file)
        paper.delete()


def _drop_uploads(work, leaving):
    for upload in work.uploads.all():
        transaction.on_commit(arrived_in(upload).remove, robust=True)
        upload.delete()


def _blank_what_was_said(work, leaving):
    """Reasons and answers are free text: nobody knows what stands in them."""
    work.waivers.update(reason=ERASED, sample_url="")
    work.waivers.exclude(answer="").update(answer=ERASED)
    either = Q(submission=work) | Q(other=work)
    LikenessRuling.objects.filter(either).update(reason=ERASED)
    WinnerForm.objects.filter(submission=work).exclude(reason="").update(reason=ERASED)
    work.original_requests.update(reason=ERASED)
    work.original_requests.exclude(answer="").update(answer=ERASED)
    work.events.filter(actor_id=leaving.user.pk).exclude(reason="").update(
        reason=ERASED
    )


# --- The tables --------------------------------------------------------------
def _of_works(model, *, path="submission", hides=()):
    return Table(model, f"{path}__author", hides=frozenset(hides))


register(
    Holding(
        app="submissions",
        tables=(
            Table(Submission, "author"),
            _of_works(SubmissionAuthor),
            _of_works(WorkLink),
            _of_works(MediaFile, hides={"file", "token"}),
            _of_works(Inspection, path="media_file__submission", hides={"log"}),
            _of_works(Finding, path="inspection__media_file__submission"),
            _of_works(Declaration),
            _of_works(Attachment, hides={"file", "token"}),
            _of_works(SubmissionEvent, hides={"actor_id", "actor_label"}),
            _of_works(Screening, hides={"reviewer", "checks"}),
            _of_works(Waiver, hides={"answered_by"}),
            _of_works(OriginalRequest, hides={"asked_by"}),
            _of_works(WinnerForm, hides={"looked_at_by"}),
            _of_works(Receipt),
            Table(ImportBatch, "made_by", hides=frozenset({"made_by"})),
            Table(ImportRow, "batch__made_by"),
            Table(Upload, "owner", hides=frozenset({"token", "store_key"})),
        ),
        exempt={
            Derivative: "Copies of the files in the archive, made for showing them.",
            Conversion: "How far the slow copies of a file are, made for showing it.",
            **dict.fromkeys(
                (PictureHash, FilmPrint, HashBand, SoundWord, Likeness),
                "Computed from the files to find those that are alike; goes with them.",
            ),
            LikenessRuling: "What reviewers made of two works, of two people; its "
            "words go with either work.",
            DraftCheck: "Which steps of a draft were unfinished when we last looked.",
            ScreeningClaim: "Which reviewer has a work open, for some minutes.",
        },
        files_of=_files_of,
        foretell=_foretell,
        erase=_erase,
        ties=_is_tied,
    )
)
