"""Text messages, sent by whatever `SMS_BACKEND` names.

A backend is a class with `send(phone, text, code)`. `text` is the whole message; `code`
is the bare sign-in code, for gateways that only take the values of a filed template.
"""

import fcntl
import json
import os
import sys

import requests
import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from urllib3.exceptions import NewConnectionError

from contests.errors import RuleViolation

log = structlog.get_logger(__name__)


class SmsNotSent(RuleViolation):
    """`may_have_gone`: the gateway was reached and gave no answer we understand."""

    code = "sms_not_sent"

    def __init__(self, *args, may_have_gone=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_have_gone = may_have_gone


def send(*, phone: str, text: str, code: str = "") -> None:
    """Send, or raise SmsNotSent; the reason is in the log, without the number."""
    import_string(settings.SMS_BACKEND)().send(phone=phone, text=text, code=code)


class ConsoleBackend:
    """Prints each message and keeps the last ones in a file; for the demonstration."""

    kept_lines = 50

    def send(self, *, phone, text, code):
        line = f"{timezone.localtime():%Y-%m-%d %H:%M:%S}  {phone}  {text}\n"
        sys.stdout.write(f"SMS  {line}")
        sys.stdout.flush()
        self._keep(line)

    def _keep(self, line):
        path = outbox_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            kept = [*file.readlines(), line][-self.kept_lines :]
            file.seek(0)
            file.truncate()
            file.writelines(kept)


def outbox_path():
    """Where ConsoleBackend leaves its messages, the newest last."""
    return settings.VAR_DIR / "sms.txt"


class HttpBackend:
    """Posts JSON to a gateway.

    `SMS_HTTP_BODY` is a JSON document whose strings may hold {phone}, {text}, {code};
    `SMS_HTTP_KEY` goes along as a bearer token; `SMS_HTTP_EXPECT`, like "Code=OK", is
    what an answer must hold where a gateway says 200 to everything.
    """

    timeout = (3, 7)  # seconds to connect, to answer

    def send(self, *, phone, text, code):
        body = _filled(
            json.loads(settings.SMS_HTTP_BODY),
            {"{phone}": phone, "{text}": text, "{code}": code},
        )
        headers = {}
        if settings.SMS_HTTP_KEY:
            headers["Authorization"] = f"Bearer {settings.SMS_HTTP_KEY}"
        try:
            answer = requests.post(
                settings.SMS_HTTP_URL, json=body, headers=headers, timeout=self.timeout
            )
            answer.raise_for_status()
            self._check(answer)
        except (requests.RequestException, ValueError) as error:
            log.warning("sms_not_sent", reason=type(error).__name__)
            raise SmsNotSent(
                _("We could not send the message just now. Please try in a minute."),
                may_have_gone=_was_reached(error),
            ) from error

    def _check(self, answer):
        name, _equals, value = settings.SMS_HTTP_EXPECT.partition("=")
        if name and str(answer.json().get(name)) != value:
            raise ValueError(f"{name} is not {value}")


def _was_reached(error):
    """An answer that says no is clear; a connection lost after asking is not."""
    if isinstance(error, requests.ConnectTimeout | requests.HTTPError):
        return False
    if isinstance(error, requests.ConnectionError):
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        return not isinstance(reason, NewConnectionError)
    return isinstance(error, requests.RequestException)


def _filled(template, values):
    if isinstance(template, dict):
        return {key: _filled(part, values) for key, part in template.items()}
    if isinstance(template, list):
        return [_filled(part, values) for part in template]
    if isinstance(template, str):
        for placeholder, value in values.items():
            template = template.replace(placeholder, value)
    return template
