"""The judge's desk: own ballots, the work without its author, points and remarks."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contests import clock
from contests.admin import RuleBookAdmin
from judging import services
from judging.blind import blind_work
from judging.forms import SCORE, ballot_form
from judging.models import Ballot, Recusal
from judging.permissions import can_score, is_judge, is_own
from judging.queries import desk_of, next_open_ballot
from judging.states import UNFINISHED, BallotProgress

KEYS = (
    (("1", "9", "0", "."), _("1 to 9 points, ten, a half more or less")),
    (("Tab",), _("to the next criterion")),
    (("P",), _("to the points that are missing")),
    (("Enter",), _("save, and on to the next")),
    (("←", "→"), _("previous and next picture")),
    ((_("Space"),), _("play and pause")),
    (("J", "L"), _("back and forward by 5 seconds")),
    (("<", ">"), _("slower and faster")),
    (("F",), _("full screen")),
    (("?",), _("this list")),
)
TONES = {
    BallotProgress.OPEN: "tag-dot-open",
    BallotProgress.PARTIAL: "tag-gui",
    BallotProgress.DONE: "tag-he",
    BallotProgress.RECUSED: "tag-hu",
}


class RoundFilter(admin.SimpleListFilter):
    """The rounds this judge has ballots in."""

    title = _("round")
    parameter_name = "round"

    def lookups(self, request, model_admin):
        return (
            desk_of(request.user)
            .order_by("assignment__candidate__round")
            .values_list(
                "assignment__candidate__round",
                "assignment__candidate__round__stage__name",
            )
            .distinct()
        )

    def queryset(self, request, queryset):
        if self.value() and self.value().isdecimal():
            return queryset.filter(assignment__candidate__round=self.value())
        return queryset


class ProgressFilter(admin.SimpleListFilter):
    title = _("progress")
    parameter_name = "progress"

    def lookups(self, request, model_admin):
        return BallotProgress.choices

    def queryset(self, request, queryset):
        return queryset.filter(progress=self.value()) if self.value() else queryset


@admin.register(Ballot)
class BallotAdmin(RuleBookAdmin):
    """Judges see their own ballots here, nobody else sees any."""

    change_form_template = "judging/ballot.html"
    change_list_template = "judging/ballots.html"
    list_display = ["number", "title", "progress", "points", "unit", "category"]
    list_display_links = ["number", "title"]
    list_filter = [RoundFilter, ProgressFilter]
    search_fields = [
        "assignment__candidate__blind_number",
        "assignment__candidate__submission__title",
    ]
    search_help_text = _("Blind number or title")
    list_per_page = 60
    ordering = [
        "-assignment__candidate__round",
        "assignment__candidate__prize_group__position",
        "assignment__candidate__blind_number",
    ]
    actions = None

    # --- Who ------------------------------------------------------------------
    def has_module_permission(self, request):
        return is_judge(request.user)

    def has_view_permission(self, request, obj=None):
        return is_own(request.user, obj.assignment) if obj else is_judge(request.user)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return is_judge(request.user)
        return can_score(request.user, obj.assignment)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return desk_of(request.user)

    def get_object(self, request, object_id, from_field=None):
        """Somebody else's ballot is not there."""
        ballot = super().get_object(request, object_id, from_field)
        if ballot is None:
            raise Http404
        return ballot

    # --- List -----------------------------------------------------------------
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("My ballots")})

    @admin.display(
        description=_("Blind number"), ordering="assignment__candidate__blind_number"
    )
    def number(self, ballot):
        return ballot.assignment.candidate.blind_number

    @admin.display(
        description=_("Work"), ordering="assignment__candidate__submission__title"
    )
    def title(self, ballot):
        return ballot.assignment.candidate.submission.title

    @admin.display(
        description=_("Unit"),
        ordering="assignment__candidate__submission__unit__position",
    )
    def unit(self, ballot):
        return ballot.assignment.candidate.submission.unit

    @admin.display(
        description=_("Category"),
        ordering="assignment__candidate__submission__category__position",
    )
    def category(self, ballot):
        return ballot.assignment.candidate.submission.category

    @admin.display(description=_("Progress"), ordering="progress")
    def progress(self, ballot):
        return format_html(
            '<span class="tag tag-dot {}">{}</span>',
            TONES[ballot.progress],
            BallotProgress(ballot.progress).label,
        )

    @admin.display(description=_("Points"), ordering="total_hundredths")
    def points(self, ballot):
        return "—" if ballot.total is None else f"{ballot.total:.2f}"

    # --- Ballot ---------------------------------------------------------------
    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change=change, **kwargs | {"form": ballot_form(obj)}
        )

    def get_fields(self, request, obj=None):
        criteria = obj.assignment.candidate.round.scoring.criteria
        return [*(f"{SCORE}{each.key}" for each in criteria), "comment", "reason"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        ballot = self.get_object(request, object_id)
        return super().change_view(
            request, object_id, form_url, self._context(request, ballot)
        )

    def _context(self, request, ballot):
        assignment = ballot.assignment
        round = assignment.candidate.round
        desk = list(
            desk_of(request.user)
            .filter(assignment__candidate__round=round)
            .values_list("progress", flat=True)
        )
        asked = [each for each in desk if each != BallotProgress.RECUSED]
        return {
            "title": assignment.candidate.blind_number,
            "subtitle": None,
            "ballot": ballot,
            "round": round,
            "work": blind_work(assignment.candidate),
            "recusal": Recusal.objects.filter(assignment=assignment).first(),
            "may_score": can_score(request.user, assignment),
            "given": ballot.scores.select_related("criterion"),
            "keys": KEYS,
            "asked": len(asked),
            "done": len([each for each in asked if each not in UNFINISHED]),
        }

    def save_model(self, request, obj, form, change):
        act = {"by": request.user, "at": clock.now(), "assignment": obj.assignment}
        if "_recuse" in request.POST:
            services.recuse(**act, reason=form.cleaned_data["reason"])
        elif "_undo" in request.POST:
            services.undo_recusal(**act)
        else:
            services.record_scores(
                **act, scores=form.scores, comment=form.cleaned_data["comment"]
            )

    def response_change(self, request, obj):
        """Say what is stored now, and go on to the next work that waits."""
        self.message_user(request, self._sentence(request, obj), messages.SUCCESS)
        stays = "_next" not in request.POST and "_recuse" not in request.POST
        if stays:
            return redirect(request.path)
        following = next_open_ballot(obj, judge=request.user)
        if following:
            return redirect("admin:judging_ballot_change", following)
        return redirect("admin:judging_ballot_changelist")

    def _sentence(self, request, ballot):
        number = ballot.assignment.candidate.blind_number
        if "_recuse" in request.POST:
            return _("You stepped back from work %(number)s.") % {"number": number}
        if "_undo" in request.POST:
            return _("You judge work %(number)s again.") % {"number": number}
        ballot.refresh_from_db(fields=["total_hundredths"])
        if ballot.total is None:
            return _("Saved. Work %(number)s still lacks points.") % {"number": number}
        return _("Saved: work %(number)s has %(points)s points.") % {
            "number": number,
            "points": f"{ballot.total:.2f}",
        }
