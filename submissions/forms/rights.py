"""The fourth step: what the entrant declares, minors, the school, and papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.asked import (
    AGES_BELOW,
    asked_declarations,
    asked_proofs,
    asks_for_school,
    is_guardians,
)
from submissions.forms.base import DraftForm
from submissions.media.codes import Code
from submissions.models import Submission
from submissions.services.proofs import PROOF_MAX_MB, proofs_of
from submissions.validators import NAME_MAX_LENGTH

OTHER_SCHOOL = "other"
REMOVE_PAPER = "remove-paper"
PAPER_TYPES = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class Papers(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Any number of papers; what each is, the service looks at."""

    widget = Papers

    def clean(self, data, initial=None):
        return data or []


class RightsForm(DraftForm):
    """A tick for each declaration, the questions about minors, school and papers."""

    author_age = forms.ChoiceField(
        label=_("How old is the youngest author?"),
        required=False,
        widget=forms.RadioSelect,
    )
    shows_children = forms.TypedChoiceField(
        required=False,
        choices=YES_NO,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    guardian_name = forms.CharField(
        label=_("Name of the guardian, as a signature"),
        required=False,
        max_length=NAME_MAX_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    school = forms.ChoiceField(label=_("University"), required=False)
    school_other = forms.CharField(
        label=_("Name of the university"), required=False, max_length=120
    )

    def stored(self):
        submission = self.submission
        made = list(submission.declarations.all())
        ticks = {f"declare-{each.key}": True for each in made}
        signature = next((each.signed_by for each in made if each.signed_by), "")
        children = {None: "", True: "yes", False: "no"}[submission.shows_children]
        return {
            **ticks,
            **self._stored_school(),
            "guardian_name": signature,
            "author_age": submission.author_age,
            "shows_children": children,
        }

    def _stored_school(self):
        school = self.submission.school
        if not school or school in self.book.schools:
            return {"school": school}
        return {"school": OTHER_SCHOOL, "school_other": school}

    def fit(self):
        self.fit_minors()
        self.fit_school()
        self.declarations = asked_declarations(self.submission, self.book)
        for declaration in self.declarations:
            self.fields[f"declare-{declaration.key}"] = forms.BooleanField(
                label=declaration.label,
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "consent-input"}),
            )
        self.asked_proofs = asked_proofs(self.submission, self.book)
        for proof in self.asked_proofs:
            self.fields[self.name_of(proof)] = PapersField(
                label=proof.label,
                required=False,
                help_text=proof.hint,
                widget=Papers(attrs={"accept": PAPER_TYPES}),
            )

    @staticmethod
    def name_of(proof):
        return f"proof-{proof.key}"

    def fit_minors(self):
        guardian = self.book.guardian
        self.keep_asked("author_age", "shows_children")
        self.statement = guardian and self.book.declaration(guardian.statement)
        if not self.statement:
            del self.fields["guardian_name"]
        if "author_age" in self.fields:
            self.fields["author_age"].choices = age_choices(guardian.author_under)
        if "shows_children" in self.fields:
            self.fields["shows_children"].label = _(
                "Can children younger than %(age)s be recognised in the work?"
            ) % {"age": guardian.child_under}

    def fit_school(self):
        if not asks_for_school(self.submission):
            del self.fields["school"], self.fields["school_other"]
        elif self.book.schools:
            names = [(name, name) for name in self.book.schools]
            self.fields["school"].choices = [
                ("", _("Please choose")),
                *names,
                (OTHER_SCHOOL, _("Another one (please write its name)")),
            ]
        else:
            self.fields["school"] = self.fields.pop("school_other")
            self.initial["school"] = self.submission.school

    def groups(self):
        """(heading, [(declaration, bound field)]) in the rule book's order."""
        groups = {}
        for declaration in self.declarations:
            pair = (declaration, self[f"declare-{declaration.key}"])
            groups.setdefault(declaration.group, []).append(pair)
        return list(groups.items())

    def papers(self):
        """(proof, bound field, papers that are there) of all but the guardian's."""
        return [each for each in self._papers() if not is_guardians(each[0], self.book)]

    def guardian_papers(self):
        """The same of the guardian's consent, or nothing."""
        return [each for each in self._papers() if is_guardians(each[0], self.book)]

    def _papers(self):
        there = {}
        for attachment in proofs_of(self.submission):
            there.setdefault(attachment.proof_key, []).append(attachment)
        for proof in self.asked_proofs:
            yield proof, self[self.name_of(proof)], there.get(proof.key, [])

    @property
    def paper_max_mb(self):
        return PROOF_MAX_MB

    def ticked(self) -> set[str]:
        return {
            declaration.key
            for declaration in self.declarations
            if self.cleaned_data.get(f"declare-{declaration.key}")
        }

    def sent_papers(self):
        """(field, proof key, file) of every paper sent along."""
        for proof in self.asked_proofs:
            field = self.name_of(proof)
            for file in self.files.getlist(field) if self.files else ():
                yield field, proof.key, file

    def removed_paper(self):
        """The paper whose button was pressed, if one was."""
        action, _dash, number = self.data.get("do", "").rpartition("-")
        if action != REMOVE_PAPER or not number.isdecimal() or len(number) > 9:
            return None
        return proofs_of(self.submission).filter(pk=number).first()

    def details(self) -> dict:
        """What update_draft takes: the valid part of the fields sent along."""
        cleaned = self.cleaned_data
        names = ("author_age", "shows_children", "school")
        details = {name: cleaned[name] for name in names if name in cleaned}
        if details.get("school") == OTHER_SCHOOL:
            details["school"] = cleaned.get("school_other", "")
        return details

    def add_gaps(self, gaps):
        super().add_gaps(gaps)
        for declaration in self.declarations:
            field = f"declare-{declaration.key}"
            if declaration.required and declaration.key not in self.ticked():
                message = _("Please tick this, or write to us if you cannot.")
                self.add_error(
                    field,
                    forms.ValidationError(message, Code.FRM_DECLARATION_MISSING),
                )
        self._add_paper_gaps(gaps)

    def _add_paper_gaps(self, gaps):
        """Beside the paper; the sentence names it."""
        missing = [gap for gap in gaps if gap.code == Code.FRM_PROOF_MISSING]
        for proof, field, there in self.papers():
            if missing and proof.required and not there:
                gap = missing.pop(0)
                self.add_error(field.name, forms.ValidationError(gap.message, gap.code))


def age_choices(author_under: int) -> list[tuple[str, str]]:
    """Only as many ages as the rule book tells apart."""
    ages = Submission.AuthorAge
    if AGES_BELOW[author_under] == AGES_BELOW[18]:
        return list(ages.choices)
    return [
        (ages.ADULT, _("All authors are 14 or older")),
        (ages.UNDER_14, ages.UNDER_14.label),
    ]
