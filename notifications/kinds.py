"""What people are told, in which words, and by which way besides the portal.

Sentences are patterns, filled in when they are shown, in the reader's language. Every
`%(name)s` of a kind is a parameter `notify` asks for. Parameters are texts, numbers,
days or moments, and never a name or a number of a person. `%(work)s` is a title and
may be empty: then the work is called untitled.

A new kind: a line in `Kind`, and its `Wording` below with sample values.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.states import Channel

PORTAL_ONLY = ()
BY_EMAIL = (Channel.EMAIL,)
BY_SMS = (Channel.SMS, Channel.EMAIL)

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_SAMPLE_DUE = dt.datetime(2031, 5, 25, 16, 0, tzinfo=dt.UTC)
_SAMPLE_WORK = _("Morning by the lake")


class Kind(models.TextChoices):
    RECEIVED = "received", _("Work received")
    SCREENING_BEGUN = "screening_begun", _("Screening begun")
    RETURNED = "returned", _("Returned by a reviewer")
    FILES_RETURNED = "files_returned", _("Returned because of a file")
    ACCEPTED = "accepted", _("Work accepted")
    REJECTED = "rejected", _("Work not admitted")
    WITHDRAWN = "withdrawn", _("Work withdrawn")
    DISQUALIFIED = "disqualified", _("Work disqualified")
    FILE_REFUSED = "file_refused", _("File against the rules")
    FILE_UNCHECKED = "file_unchecked", _("File we could not check")
    FILE_STUCK = "file_stuck", _("File that needs a look at the system")
    FILE_INFECTED = "file_infected", _("File that a virus scanner objects to")
    PAPER_INFECTED = "paper_infected", _("Paper that a virus scanner objects to")
    FILE_UNCONVERTED = "file_unconverted", _("File without a copy that plays")
    UPLOAD_REFUSED = "upload_refused", _("Upload refused")
    DRAFT_REMINDER = "draft_reminder", _("Reminder of a draft")
    DRAFT_UNFINISHED = "draft_unfinished", _("Reminder of an unfinished draft")
    WAIVER_ASKED = "waiver_asked", _("Exception asked for")
    WAIVER_ANSWERED = "waiver_answered", _("Exception answered")
    ORIGINAL_ASKED = "original_asked", _("Original file asked for")
    ORIGINAL_ANSWERED = "original_answered", _("Original file sent")
    AWARDED = "awarded", _("Work awarded")
    WINNER_FORM_ASKED = "winner_form_asked", _("Winner's form to be signed")
    WINNER_FORM_REMINDER = "winner_form_reminder", _("Reminder of a winner's form")
    WINNER_FORM_SENT = "winner_form_sent", _("Winner's form sent")
    WINNER_FORM_RETURNED = "winner_form_returned", _("Winner's form sent back")
    WINNER_FORM_SIGNED = "winner_form_signed", _("Winner's form complete")
    EXPORT_READY = "export_ready", _("Own data ready")


@dataclass(frozen=True)
class Wording:
    """The words of a kind. `sms` is one short message; empty, it never goes by SMS."""

    title: str
    body: str
    sms: str = ""
    ways: tuple[Channel, ...] = PORTAL_ONLY
    must_be_told: bool = False  # goes out even when the channel is switched off
    link_words: str = _("Look at the work")
    sample: Mapping[str, Any] = field(default_factory=dict)

    @property
    def placeholders(self) -> set[str]:
        text = f"{self.title} {self.body} {self.sms}"
        return set(_PLACEHOLDER.findall(text))


WORDINGS: dict[Kind, Wording] = {
    Kind.RECEIVED: Wording(
        title=_("“%(work)s” has arrived"),
        body=_(
            "Your work has the number %(number)s. We check its files now; two "
            "reviewers look at it after that."
        ),
        ways=BY_EMAIL,
        sample={"work": _SAMPLE_WORK, "number": "W-000128"},
    ),
    Kind.SCREENING_BEGUN: Wording(
        title=_("“%(work)s” is in screening"),
        body=_("All files are in order. Two reviewers look at your work now."),
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.RETURNED: Wording(
        title=_("“%(work)s” came back for correction"),
        body=_(
            "Please correct it by %(due)s and hand it in again; it keeps its place. "
            "The reviewers say: %(reason)s"
        ),
        sms=_("Your work “%(work)s” needs a correction by %(due)s."),
        ways=BY_SMS,
        must_be_told=True,
        link_words=_("Correct the work"),
        sample={
            "work": _SAMPLE_WORK,
            "due": _SAMPLE_DUE,
            "reason": _("The picture is not sharp. Please send a larger one."),
        },
    ),
    Kind.FILES_RETURNED: Wording(
        title=_("A file of “%(work)s” must be replaced"),
        body=_(
            "A file does not meet the rules. Please replace it by %(due)s and hand the "
            "work in again; it keeps its place."
        ),
        sms=_("A file of your work “%(work)s” must be replaced by %(due)s."),
        ways=BY_SMS,
        must_be_told=True,
        link_words=_("Correct the work"),
        sample={"work": _SAMPLE_WORK, "due": _SAMPLE_DUE},
    ),
    Kind.ACCEPTED: Wording(
        title=_("“%(work)s” is accepted"),
        body=_("It passed both screenings and can now be seen by everybody."),
        sms=_("Your work “%(work)s” passed both screenings and is now public."),
        ways=BY_SMS,
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.REJECTED: Wording(
        title=_("“%(work)s” was not admitted"),
        body=_("The reviewers say: %(reason)s"),
        sms=_("Your work “%(work)s” was not admitted. The portal says why."),
        ways=BY_SMS,
        sample={
            "work": _SAMPLE_WORK,
            "reason": _("The work does not fit the theme of the contest."),
        },
    ),
    Kind.WITHDRAWN: Wording(
        title=_("“%(work)s” is withdrawn"),
        body=_("The work no longer takes part in the contest."),
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.DISQUALIFIED: Wording(
        title=_("“%(work)s” was taken out of the contest"),
        body=_("The organising committee says: %(reason)s"),
        sms=_("Your work “%(work)s” was taken out of the contest. See the portal."),
        ways=BY_SMS,
        must_be_told=True,
        sample={
            "work": _SAMPLE_WORK,
            "reason": _("Another person has shown that the picture is theirs."),
        },
    ),
    Kind.FILE_REFUSED: Wording(
        title=_("A file of “%(work)s” does not meet the rules"),
        body=_("“%(file)s” must be replaced before the work can be handed in."),
        link_words=_("See what is wrong"),
        sample={"work": _SAMPLE_WORK, "file": "DSC_0128.jpg"},
    ),
    Kind.FILE_UNCHECKED: Wording(
        title=_("We could not check a file of “%(work)s” yet"),
        body=_(
            "The fault lies with us, not with “%(file)s”. The staff know and look at "
            "it; there is nothing you need to do."
        ),
        sample={"work": _SAMPLE_WORK, "file": "DSC_0128.jpg"},
    ),
    Kind.FILE_STUCK: Wording(
        title=_("A file of “%(work)s” cannot be checked"),
        body=_(
            "It was tried %(attempts)s times, and each time something broke on our "
            "side; it is not tried again by itself. The list has its log and the "
            "button for another try. More files may stand there."
        ),
        ways=BY_EMAIL,
        link_words=_("See which"),
        sample={"work": _SAMPLE_WORK, "attempts": 3},
    ),
    Kind.FILE_INFECTED: Wording(
        title=_("The virus scanner objects to a file of “%(work)s”"),
        body=_(
            "It found “%(virus)s” in “%(file)s”. The file was not opened and is shown "
            "to nobody; the author has been asked for another one. Please do not "
            "download it."
        ),
        ways=BY_EMAIL,
        link_words=_("See the work"),
        sample={"work": _SAMPLE_WORK, "file": "DSC_0128.jpg", "virus": "Eicar"},
    ),
    Kind.PAPER_INFECTED: Wording(
        title=_("The virus scanner objects to a paper: “%(file)s”"),
        body=_(
            "It found “%(virus)s”. The paper was not opened and is not kept; whoever "
            "sent it has been asked for another one. Each such paper has a line in the "
            "audit log; more may stand there."
        ),
        ways=BY_EMAIL,
        link_words=_("See which"),
        sample={"file": "licence.pdf", "virus": "Eicar"},
    ),
    Kind.FILE_UNCONVERTED: Wording(
        title=_("A file of “%(work)s” cannot be converted"),
        body=_(
            "Browsers cannot play it as it is, and a copy that plays could not be made "
            "in %(attempts)s tries; it is not tried again by itself. Until then judges "
            "see its picture only. The list has its log and the button for another try."
        ),
        ways=BY_EMAIL,
        link_words=_("See which"),
        sample={"work": _SAMPLE_WORK, "attempts": 3},
    ),
    Kind.UPLOAD_REFUSED: Wording(
        title=_("“%(file)s” arrived but could not be used"),
        body=_("For “%(work)s”: %(reason)s"),
        link_words=_("Choose another file"),
        sample={
            "work": _SAMPLE_WORK,
            "file": "DSC_0128.jpg",
            "reason": _("This work already has as many files as it may have."),
        },
    ),
    Kind.DRAFT_REMINDER: Wording(
        title=_("“%(work)s” has not been handed in yet"),
        body=_(
            "Nothing is missing in your draft. Works can be handed in until %(due)s."
        ),
        sms=_(
            "Your draft “%(work)s” is complete but not handed in. It can be until "
            "%(due)s."
        ),
        ways=BY_SMS,
        link_words=_("Hand it in"),
        sample={"work": _SAMPLE_WORK, "due": _SAMPLE_DUE},
    ),
    Kind.DRAFT_UNFINISHED: Wording(
        title=_("“%(work)s” is almost ready"),
        body=_("%(first)s Works can be handed in until %(due)s."),
        sms=_(
            "Your draft “%(work)s” is almost ready. It can be handed in until %(due)s."
        ),
        ways=BY_SMS,
        link_words=_("Go on with it"),
        sample={
            "work": _SAMPLE_WORK,
            "first": _("Please give the work a title."),
            "due": _SAMPLE_DUE,
        },
    ),
    Kind.WAIVER_ASKED: Wording(
        title=_("An exception is asked for: “%(work)s”"),
        body=_("The request waits for an answer of the committee."),
        link_words=_("Answer it"),
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.WAIVER_ANSWERED: Wording(
        title=_("Your request for “%(work)s” has an answer"),
        body=_("The organising committee says: %(answer)s"),
        sms=_("Your request for the work “%(work)s” has an answer. See the portal."),
        ways=BY_SMS,
        sample={
            "work": _SAMPLE_WORK,
            "answer": _("Granted: the film may last up to 15 minutes."),
        },
    ),
    Kind.ORIGINAL_ASKED: Wording(
        title=_("Please send the original file of “%(work)s”"),
        body=_("The reviewers would like to see it by %(due)s. They say: %(reason)s"),
        sms=_("Please send the original file of your work “%(work)s” by %(due)s."),
        ways=BY_SMS,
        link_words=_("Send the original"),
        sample={
            "work": _SAMPLE_WORK,
            "due": _SAMPLE_DUE,
            "reason": _("We would like to compare it with the file you handed in."),
        },
    ),
    Kind.ORIGINAL_ANSWERED: Wording(
        title=_("The original file of “%(work)s” is here"),
        body=_("The entrant has answered your request."),
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.AWARDED: Wording(
        title=_("“%(work)s” has won an award"),
        body=_("Congratulations: %(award)s."),
        sms=_("Congratulations! Your work “%(work)s” has won: %(award)s."),
        ways=BY_SMS,
        link_words=_("See the list of awards"),
        sample={"work": _SAMPLE_WORK, "award": _("Gold award")},
    ),
    Kind.WINNER_FORM_ASKED: Wording(
        title=_("Please sign the form for “%(work)s”"),
        body=_(
            "The rights in works that win are settled in writing. Please print the "
            "form, let every author sign it, and send a photo or scan by %(due)s. "
            "Until then your work is used only as you agreed when you handed it in."
        ),
        sms=_("Sign the form for “%(work)s” by %(due)s."),
        ways=BY_SMS,
        must_be_told=True,
        link_words=_("To the form"),
        sample={"work": _SAMPLE_WORK, "due": _SAMPLE_DUE},
    ),
    Kind.WINNER_FORM_REMINDER: Wording(
        title=_("The form for “%(work)s” is not signed yet"),
        body=_(
            "It was to be here by %(due)s. Please print it, let every author sign it, "
            "and send a photo or scan; if something keeps you, write to the organisers."
        ),
        sms=_("The form for “%(work)s” was due %(due)s."),
        ways=BY_SMS,
        link_words=_("To the form"),
        sample={"work": _SAMPLE_WORK, "due": _SAMPLE_DUE},
    ),
    Kind.WINNER_FORM_SENT: Wording(
        title=_("The signed form for “%(work)s” is here"),
        body=_("Please look whether every author has signed."),
        link_words=_("Look at the form"),
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.WINNER_FORM_RETURNED: Wording(
        title=_("The form for “%(work)s” needs something more"),
        body=_("Please send it once more by %(due)s. The organisers say: %(reason)s"),
        sms=_("Form for “%(work)s” came back; due %(due)s."),
        ways=BY_SMS,
        must_be_told=True,
        link_words=_("To the form"),
        sample={
            "work": _SAMPLE_WORK,
            "due": _SAMPLE_DUE,
            "reason": _("The second author has not signed."),
        },
    ),
    Kind.WINNER_FORM_SIGNED: Wording(
        title=_("The form for “%(work)s” is complete"),
        body=_("Nothing is left to do. Your name stays with the work wherever it is."),
        ways=BY_EMAIL,
        sample={"work": _SAMPLE_WORK},
    ),
    Kind.EXPORT_READY: Wording(
        title=_("Your data are ready"),
        body=_("The file can be fetched until %(until)s; after that it is deleted."),
        ways=BY_EMAIL,
        link_words=_("Fetch the file"),
        sample={"until": _SAMPLE_DUE},
    ),
}


def wording_of(kind: str) -> Wording:
    return WORDINGS[Kind(kind)]
