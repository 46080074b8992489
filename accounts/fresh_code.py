"""Asks whoever is signed in for a code sent to the account's number just now."""

from allauth.account import app_settings
from allauth.account.internal.flows.code_verification import (
    AbstractCodeVerificationProcess,
)

from accounts.sign_in import OneTimeCode

SESSION_KEY = "fresh_code"


class FreshCode(OneTimeCode, AbstractCodeVerificationProcess):
    """One proof under way, kept in the session of the person who asked for it."""

    def __init__(self, request, state):
        self.request = request
        super().__init__(
            state=state,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            user=request.user,
        )

    @classmethod
    def begin(cls, request, *, about):
        """Send a code; `about` comes back with the process. Raises CodeNotSent."""
        state = cls.initial_state(user=request.user, phone=request.user.phone)
        process = cls(request, state | {"about": about})
        process.resend()
        return process

    @classmethod
    def under_way(cls, request):
        """What this browser began for this very number; None when there is nothing."""
        state = request.session.get(SESSION_KEY)
        if state is None or state["phone"] != request.user.phone:
            return None
        return cls(request, state)

    @property
    def about(self):
        return self.state["about"]

    def persist(self):
        self.request.session[SESSION_KEY] = self.state

    def abort(self):
        self.request.session.pop(SESSION_KEY, None)
