"""What judges fill in on a ballot, and organisers on the page of a round."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from contests.models import AwardKind
from judging.models import Ballot, Candidate
from judging.queries import judges_of

# Up to here points are cells to pick from; a list of 200 is easier to type into.
MAX_POINTS_AS_CELLS = 10


class BallotForm(forms.ModelForm):
    """A judge's points, remark and, if need be, reason to step back."""

    reason = forms.CharField(
        label=_("Why you step back"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    max_points: int  # of each criterion

    class Meta:
        model = Ballot
        fields = ["comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}

    @property
    def scores(self) -> dict[str, int | None]:
        """Half points by criterion key, None where nothing is picked."""
        return {
            name.removeprefix(SCORE): points
            for name, points in self.cleaned_data.items()
            if name.startswith(SCORE)
        }


SCORE = "score_"


def ballot_form(ballot: Ballot) -> type[BallotForm]:
    """The form of one ballot: a field for each criterion of its round."""
    scoring = ballot.assignment.candidate.round.scoring
    given = dict(ballot.scores.values_list("criterion__key", "half_points"))
    fields = {
        f"{SCORE}{criterion.key}": _points_field(
            criterion, scoring.max_points, given.get(criterion.key)
        )
        for criterion in scoring.criteria
    }
    return type(
        "BallotForm", (BallotForm,), {**fields, "max_points": scoring.max_points}
    )


def _points_field(criterion, max_points, half_points):
    as_cells = max_points <= MAX_POINTS_AS_CELLS
    return forms.TypedChoiceField(
        label=_("%(criterion)s (%(weight)s%%)")
        % {"criterion": criterion.name, "weight": criterion.weight},
        help_text=criterion.description,
        choices=[("", _("None yet")), *_points(max_points)],
        coerce=int,
        empty_value=None,
        required=False,
        initial=half_points,
        widget=_points_widget(criterion, as_cells=as_cells),
    )


def _points_widget(criterion, *, as_cells):
    """Tells the page the weight, so that it adds up what is not saved yet."""
    widget = forms.RadioSelect if as_cells else forms.Select
    return widget(attrs={"data-weight": criterion.weight})


def _points(max_points):
    return [
        (half_points, f"{half_points / 2:g}")
        for half_points in range(2 * max_points + 1)
    ]


class JudgesForm(forms.Form):
    judges = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Whom to ask"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one judge.")},
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["judges"].queryset = judges_of(round.contest)
        self.fields["judges"].label_from_instance = lambda judge: judge.label


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the round is closed with ballots missing"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CandidatesForm(forms.Form):
    """The works ticked in the table of a prize group."""

    candidates = forms.ModelMultipleChoiceField(
        queryset=Candidate.objects.none(),
        error_messages={
            "required": _("Tick at least one work."),
            "invalid_choice": _("One of the ticked works is no longer in this round."),
        },
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["candidates"].queryset = round.candidates.standing().order_by(
            "blind_number"
        )


class WorkAwardForm(CandidatesForm):
    kind = forms.ModelChoiceField(
        queryset=AwardKind.objects.none(),
        label=_("Award"),
        empty_label=None,
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, round=round, **kwargs)
        self.fields["kind"].queryset = kinds_given_in(round).filter(
            subject=AwardKind.Subject.SUBMISSION
        )


class OtherAwardForm(forms.Form):
    """An award for a body or a person; the service knows which one it takes."""

    kind = forms.ModelChoiceField(
        queryset=AwardKind.objects.none(),
        label=_("Award"),
        empty_label=None,
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
    )
    person_name = forms.CharField(
        label=_("Name of the person"), max_length=30, required=False
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds_given_in(round).exclude(
            subject=AwardKind.Subject.SUBMISSION
        )
        self.fields["organisation"].queryset = Organisation.objects.filter(
            contest=round.contest_id
        )


class AwardCountForm(forms.Form):
    count = forms.IntegerField(
        label=_("How many there are"), min_value=0, max_value=999
    )


def kinds_given_in(round):
    """The kinds of award that are given in a round."""
    return AwardKind.objects.filter(pk__in=round.award_counts.values("kind"))
