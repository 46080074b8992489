"""A reviewer says what a work has to do with another that it is like."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from contests import clock
from contests.errors import RuleViolation
from submissions.forms.screening import LikenessForm
from submissions.services import likenesses
from submissions.views.screening import back_to, work_on_the_desk


@require_POST
@login_required
def rule(request, pk, other_pk):
    submission = work_on_the_desk(request, pk, Role.REVIEWER)
    form = LikenessForm(request.POST)
    if not form.is_valid():
        messages.error(
            request,
            _("Please choose what the two works have to do with each other, and why."),
        )
        return back_to(request, submission)
    try:
        likenesses.rule(
            submission=submission,
            other_id=other_pk,
            by=request.user,
            at=clock.now(),
            **form.cleaned_data,
        )
    except RuleViolation as violation:
        messages.error(request, violation.message)
    else:
        messages.success(request, _("What you make of the likeness is written down."))
    return back_to(request, submission)
