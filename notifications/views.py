"""What people were told, how they want to be told, and the organisers' outbox."""

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import emails
from accounts.forms import EmailCodeForm, EmailForm, as_form_error
from accounts.requests import client_ip
from contests.errors import RuleViolation
from contests.filters import chip_row
from contests.models import Contest
from notifications import services
from notifications.forms import ChannelsForm
from notifications.kinds import WORDINGS
from notifications.models import Delivery, Message
from notifications.permissions import can_manage_outbox
from notifications.queries import outbox as deliveries_of
from notifications.queries import preference_of
from notifications.rendering import (
    Said,
    pack,
    said_by,
    sender_of_contest,
    sentences_of,
    sms_text,
)
from notifications.states import Channel, DeliveryState

ON_A_PAGE = 20
VERBS = {
    "hold": services.hold,
    "release": services.release,
    "send-again": services.send_again,
    "drop": services.drop,
}


# --- The reader's own --------------------------------------------------------
@require_safe
@login_required
def inbox(request):
    """Everything the reader was told, the newest first."""
    mine = Message.objects.addressed_to(request.user)
    page = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "notifications/inbox.html",
        {
            "page": page,
            "told": [(each, sentences_of(each.kind, each.params)) for each in page],
            "has_unread": mine.unread().exists(),
        },
    )


@require_safe
@login_required
def follow(request, pk):
    """Reading a message leads to what it is about."""
    message = get_object_or_404(Message.objects.addressed_to(request.user), pk=pk)
    services.mark_read(message)
    return redirect(message.link or "notifications:inbox")


@require_POST
@login_required
def read_all(request):
    services.mark_all_read(request.user)
    return redirect("notifications:inbox")


@require_http_methods(["GET", "POST"])
@login_required
def channels(request):
    """By which ways the reader wants to be told."""
    preference = preference_of(request.user)
    initial = {"by_sms": preference.by_sms, "by_email": preference.by_email}
    form = ChannelsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = ChannelsForm(request.POST)
        form.full_clean()
        services.choose_channels(user=request.user, **form.cleaned_data)
        toasts.success(request, _("Your choice is saved."))
        return redirect("notifications:settings")
    return _settings_page(request, form=form)


def _settings_page(request, *, form=None, email_form=None, code_form=None):
    preference = preference_of(request.user)
    initial = {"by_sms": preference.by_sms, "by_email": preference.by_email}
    return render(
        request,
        "notifications/settings.html",
        {
            "form": form or ChannelsForm(initial=initial),
            "email_form": email_form or EmailForm(),
            "code_form": code_form or EmailCodeForm(),
            "to_prove": emails.address_to_prove(request.user),
            "must_be_told": [
                kind.label for kind, words in WORDINGS.items() if words.must_be_told
            ],
        },
    )


@require_POST
@login_required
def give_email(request):
    form = EmailForm(request.POST)
    if form.is_valid():
        try:
            emails.send_proof(request, user=request.user, **form.cleaned_data)
        except RuleViolation as refusal:
            form.add_error("email", as_form_error(refusal))
        else:
            return redirect("notifications:settings")
    return _settings_page(request, email_form=form)


@require_POST
@login_required
def prove_email(request):
    form = EmailCodeForm(request.POST)
    if form.is_valid():
        try:
            emails.prove(user=request.user, ip=client_ip(request), **form.cleaned_data)
        except RuleViolation as refusal:
            form.add_error("code", as_form_error(refusal))
        else:
            toasts.success(request, _("The e-mail address is saved."))
            return redirect("notifications:settings")
    return _settings_page(request, code_form=form)


@require_POST
@login_required
def remove_email(request):
    emails.change_email(user=request.user, email="", ip=client_ip(request))
    toasts.success(request, _("The e-mail address is deleted."))
    return redirect("notifications:settings")


# --- The outbox --------------------------------------------------------------
def _contest_run_by(user) -> Contest:
    contest = Contest.objects.current()
    if not can_manage_outbox(user, contest):
        raise Http404
    return contest


def _filters(query):
    return {name: query.get(name, "") for name in ("kind", "state", "channel")}


@require_safe
@login_required
def outbox(request):
    """What goes out in the contest's name; filters in the address."""
    contest = _contest_run_by(request.user)
    rows = deliveries_of(contest, **_filters(request.GET))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    chips = [
        chip_row(_("State"), "state", DeliveryState.choices, request.GET),
        chip_row(_("Channel"), "channel", Channel.choices, request.GET),
    ]
    return render(
        request,
        "notifications/outbox.html",
        {
            "page": page,
            "rows": [(each, said_by(each)) for each in page],
            "chips": chips,
            "kinds": [(kind, kind.label) for kind, wording in _sent_kinds()],
            "kind": request.GET.get("kind", ""),
            "state": request.GET.get("state", ""),
            "channel": request.GET.get("channel", ""),
            "needs_approval": services.sms_needs_approval(contest.pk),
            "held": rows.filter(state=DeliveryState.HELD).count(),
        },
    )


def _sent_kinds():
    return [(kind, wording) for kind, wording in WORDINGS.items() if wording.ways]


@require_safe
@login_required
def delivery(request, pk):
    """One delivery: exactly what is said, to whom, and what became of it."""
    contest = _contest_run_by(request.user)
    found = get_object_or_404(deliveries_of(contest), pk=pk)
    verbs = {name for name, states in services.MOVABLE.items() if found.state in states}
    return render(
        request,
        "notifications/delivery.html",
        {"delivery": found, "said": said_by(found), "verbs": verbs},
    )


@require_POST
@login_required
def move(request, pk, verb):
    """Hold back, release, send again or drop one delivery."""
    contest = _contest_run_by(request.user)
    found = get_object_or_404(Delivery.objects.filter(message__contest=contest), pk=pk)
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](delivery=found, by=request.user)
    except RuleViolation as refusal:
        toasts.error(request, refusal.message)
    else:
        toasts.success(request, _("Done."))
    return redirect("notifications:delivery", pk=pk)


@require_POST
@login_required
def release_held(request):
    """Release everything that is held and fits the filters of the page."""
    contest = _contest_run_by(request.user)
    filters = _filters(request.POST) | {"state": DeliveryState.HELD}
    count = services.release_all(
        deliveries=deliveries_of(contest, **filters), by=request.user
    )
    toasts.success(
        request,
        ngettext(
            "%(count)s message is released.", "%(count)s messages are released.", count
        )
        % {"count": count},
    )
    return redirect("notifications:outbox")


@require_POST
@login_required
def policy(request):
    """Whether SMS of this contest wait for an organiser."""
    services.set_sms_policy(
        contest=_contest_run_by(request.user),
        needs_approval=request.POST.get("needs_approval") == "1",
        by=request.user,
        ip=client_ip(request),
    )
    toasts.success(request, _("Your choice is saved."))
    return redirect("notifications:outbox")


@require_safe
@login_required
def wording(request):
    """The words of every kind, filled with samples."""
    contest = _contest_run_by(request.user)
    sender = sender_of_contest(contest)
    link = reverse("home")
    samples = [
        (kind, wording, _sample(kind, wording, sender=sender, link=link))
        for kind, wording in WORDINGS.items()
    ]
    return render(request, "notifications/wording.html", {"samples": samples})


def _sample(kind, wording, *, sender, link) -> Said:
    params = pack(wording.sample)
    sentences = sentences_of(kind, params)
    sms = sms_text(kind, params, sender=sender, link=link) if wording.sms else ""
    return Said(sentences.title, sentences.body, sms)
