"""Coming in, going out, and the page about oneself."""

from allauth.account import views as allauth_views
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import (
    get_login_redirect_url,
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.decorators import rate_limit
from allauth.mfa.base import views as mfa_views
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import phones, services, tokens
from accounts.forms import CodeForm, NameForm, PhoneForm, as_form_error
from accounts.queries import labelled_consents, memberships_of
from accounts.requests import client_ip
from accounts.sign_in import PhoneSignIn, minutes_valid
from contests.errors import RuleViolation
from contests.models import Contest

FORGET_HERE = '"storage"'  # texts kept on a device that may be anybody's


@never_cache
@rate_limit(action="login")
def sign_in(request):
    """The first screen: the number, and the texts to agree to."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    if _leads_to_admin(request):
        return redirect(_staff_url(request))
    book = _book()
    form = PhoneForm(request.POST or None, declarations=_declarations(book))
    if request.method == "POST" and form.is_valid() and _send_code(request, form, book):
        return redirect("account_confirm_login_code")
    return render(
        request,
        "account/login.html",
        {"form": form, "staff_url": _staff_url(request)},
    )


def _send_code(request, form, book):
    try:
        PhoneSignIn.begin(
            request,
            phone=form.cleaned_data["phone"],
            agreements=[services.Agreement.to(each, book) for each in form.agreed()],
            redirect_url=get_next_redirect_url(request),
        )
    except RuleViolation as refusal:
        form.add_error("phone", as_form_error(refusal))
        return False
    return True


def _book():
    """The rule book in force; None before the first one is loaded."""
    contest = Contest.objects.current()
    return contest.rulebook if contest and contest.current_version else None


def _declarations(book):
    """The texts that are agreed to on signing in."""
    return (
        [each for each in book.declarations if each.moment == "sign_in"] if book else []
    )


@never_cache
@rate_limit(action="login")
def confirm_code(request):
    """The second screen: the code from the message."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    process = PhoneSignIn.under_way(request)
    if process is None:
        messages.info(request, _("Please enter your number again to get a new code."))
        return redirect("account_login")
    form = CodeForm(request.POST or None, process=process)
    if request.method == "POST" and form.is_valid():
        return process.complete()
    return render(
        request,
        "account/confirm_login_code.html",
        {
            "form": form,
            "phone": phones.spaced(process.phone),
            "minutes": minutes_valid(),
            "wait": process.seconds_to_wait,
        },
    )


@require_POST
@rate_limit(action="login")
def send_again(request):
    """Another code for the same number."""
    process = PhoneSignIn.under_way(request)
    if process is None:
        return redirect("account_login")
    try:
        process.resend()
    except RuleViolation as refusal:
        messages.error(request, refusal.message, extra_tags=refusal.code)
    else:
        messages.success(request, _("A new code is on its way."))
    return redirect("account_confirm_login_code")


@never_cache
def staff_sign_in(request):
    """Username and password, for those who hold a role."""
    if not request.user.is_authenticated:
        clear_login(request)
    return _staff_login(request)


class OurSiteMixin:
    """allauth puts a `site` into the context that would hide ours."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.pop("site")
        return context


class StaffLoginView(OurSiteMixin, allauth_views.LoginView):
    template_name = "accounts/staff.html"


class AuthenticateView(OurSiteMixin, mfa_views.AuthenticateView):
    pass


class AccountInactiveView(OurSiteMixin, allauth_views.AccountInactiveView):
    pass


_staff_login = StaffLoginView.as_view()


@login_required
def start(request):
    """Where the reader begins: a desk of work, or the own works."""
    return redirect(get_login_redirect_url(request))


@login_required
def change_password(request):
    """For those who have one; citizens never do."""
    if not request.user.has_usable_password():
        raise Http404
    return allauth_views.password_change(request)


@login_required
def me(request):
    """What the portal knows about the reader."""
    form = NameForm(request.POST or None, initial={"full_name": request.user.full_name})
    if request.method == "POST" and form.is_valid():
        services.change_name(
            user=request.user,
            full_name=form.cleaned_data["full_name"],
            ip=client_ip(request),
        )
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:me")
    return render(
        request,
        "accounts/me.html",
        {
            "form": form,
            "consents": labelled_consents(request.user),
            "memberships": memberships_of(request.user),
            "programs": tokens.tokens_of(request.user),
            "works_here": request.user.has_usable_password(),
        },
    )


@require_POST
@login_required
def revoke_token(request, public_id):
    """Signs one of the reader's programs out."""
    token = get_object_or_404(tokens.tokens_of(request.user), public_id=public_id)
    tokens.revoke_token(token=token, by=request.user, ip=client_ip(request))
    messages.success(request, _("The program is signed out."))
    return redirect("accounts:me")


# --- Where to ----------------------------------------------------------------
def _leads_to_admin(request):
    """Nobody enters the admin pages with a phone code, so do not offer it."""
    return (get_next_redirect_url(request) or "").startswith(reverse("admin:index"))


def _staff_url(request):
    return passthrough_next_redirect_url(request, reverse("accounts:staff"), "next")


def sign_out(request):
    """GET asks; after POST the browser forgets as well what our pages kept in it."""
    response = allauth_views.logout(request)
    if request.method == "POST" and not request.user.is_authenticated:
        response["Clear-Site-Data"] = FORGET_HERE
    return response
