"""Forms of the screening desk, and the entrant's answer to a request for an original.

What a decision must rest on, the services know.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from contests.rulebook import ReviewCheck, RuleBook
from submissions.services.screening import Turn
from submissions.states import Decision

OWN_WORDS = "-own"  # no key of a rule book begins like this
LONGEST_REASON = 500


class ScreeningForm(forms.Form):
    """A reviewer's decision at the level the page was opened for."""

    turn = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision, widget=forms.RadioSelect
    )
    checks = forms.MultipleChoiceField(
        label=_("Looked at"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason_key = forms.ChoiceField(
        label=_("Reason"), required=False, widget=forms.RadioSelect
    )
    rule = forms.ChoiceField(
        label=_("The clause it rests on"), required=False, widget=forms.Select
    )
    reason = forms.CharField(
        label=_("What the entrant reads"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Empty, it is the sentence of the reason. You can change it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data=None,
        *,
        book: RuleBook,
        checks: list[ReviewCheck] = (),
        category: str = "",
    ):
        super().__init__(data)
        self.reasons = book.review_reasons
        self.fields["checks"].choices = [(check.key, check.text) for check in checks]
        self.fields["reason_key"].choices = [
            *((reason.key, reason.text) for reason in book.review_reasons),
            (OWN_WORDS, _("Another reason, in my own words")),
        ]
        self.fields["rule"].choices = [
            ("", _("Please choose")),
            *(
                (clause.rule, f"{clause.rule} · {clause.text[:60]}")
                for clause in book.citable_clauses(category)
            ),
        ]

    def clean_turn(self):
        try:
            return Turn.parse(self.cleaned_data["turn"])
        except ValueError:
            raise forms.ValidationError(
                _("Please open the work once more; this page does not say which level.")
            ) from None

    def clean(self):
        """As decide() takes it: a reason of the list, or a clause with own words."""
        cleaned = super().clean()
        is_own = cleaned.get("reason_key") == OWN_WORDS
        if is_own and cleaned.get("decision") != Decision.PASS:
            if not cleaned.get("rule"):
                self.add_error("rule", _("Please choose the clause it rests on."))
            if not cleaned.get("reason"):
                self.add_error(
                    "reason", _("Please write what the entrant should read.")
                )
        cleaned["reason_key"] = "" if is_own else cleaned.get("reason_key", "")
        cleaned["rule"] = cleaned.get("rule", "") if is_own else ""
        return cleaned

    def reason_groups(self):
        """(decision, [radio]) for each decision that has reasons."""
        decision_of = {reason.key: reason.decision for reason in self.reasons}
        groups = {}
        for radio in self["reason_key"]:
            key = radio.data["value"]
            if key in decision_of:
                groups.setdefault(Decision(decision_of[key]), []).append(radio)
        return list(groups.items())

    @property
    def own_reason(self):
        """The radio button of own words."""
        return list(self["reason_key"])[-1]


class OriginalForm(forms.Form):
    """Why the original is needed."""

    reason = forms.CharField(
        label=_("Why the original is needed"),
        max_length=LONGEST_REASON,
        help_text=_("The entrant reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OriginalAnswerForm(forms.Form):
    """There is no original, or something to say about it."""

    answer = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("If there is no original, please say what became of it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
