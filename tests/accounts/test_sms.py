import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from accounts import sms
from accounts.checks import check_sms_gateway


@pytest.fixture
def gateway(settings):
    """A gateway on this machine; its `answer` may be changed, `asked` is what came."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(
                (self.path, self.headers["Authorization"], json.loads(body))
            )
            status, content = server.answer
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer = [], (200, '{"Code": "OK"}')
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.SMS_BACKEND = "accounts.sms.HttpBackend"
    settings.SMS_HTTP_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_HTTP_KEY = "key-1"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send():
    sms.send(phone="+8619900001234", text='Code "123456"', code="123456")


def test_gateway_gets_the_filled_template_and_the_key(gateway, settings):
    settings.SMS_HTTP_BODY = json.dumps(
        {"to": ["{phone}"], "sign": 7, "params": {"code": "{code}"}, "text": "{text}!"}
    )

    send()

    assert gateway.asked == [
        (
            "/send",
            "Bearer key-1",
            {
                "to": ["+8619900001234"],
                "sign": 7,
                "params": {"code": "123456"},
                "text": 'Code "123456"!',
            },
        )
    ]


def test_gateway_without_a_key_gets_none(gateway, settings):
    settings.SMS_HTTP_KEY = ""

    send()

    assert gateway.asked[0][1] is None


def test_gateway_that_answers_as_expected_is_believed(gateway, settings):
    settings.SMS_HTTP_EXPECT = "Code=OK"

    send()

    assert len(gateway.asked) == 1


@pytest.mark.parametrize(
    ("answer", "expect"),
    [
        ((500, ""), ""),
        ((403, "{}"), ""),
        ((200, '{"Code": "LIMIT"}'), "Code=OK"),
        ((200, "{}"), "Code=OK"),
        ((200, "no JSON"), "Code=OK"),
    ],
)
def test_gateway_that_refuses_is_told_as_not_sent(gateway, settings, answer, expect):
    gateway.answer = answer
    settings.SMS_HTTP_EXPECT = expect

    with pytest.raises(sms.SmsNotSent) as refusal:
        send()

    assert refusal.value.code == "sms_not_sent"


def test_console_prints_the_message_and_keeps_the_last_ones(settings, tmp_path, capsys):
    settings.SMS_BACKEND = "accounts.sms.ConsoleBackend"
    settings.VAR_DIR = tmp_path / "var"

    for number in range(60):
        sms.send(phone="+8619900001234", text=f"Code {number}", code=str(number))

    path = sms.outbox_path()
    kept = path.read_text(encoding="utf-8").splitlines()
    assert len(kept) == 50
    assert kept[-1].endswith("+8619900001234  Code 59")
    assert capsys.readouterr().out.splitlines()[-1] == f"SMS  {kept[-1]}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({}, []),
        ({"SMS_HTTP_URL": ""}, ["accounts.E001"]),
        ({"SMS_HTTP_BODY": "{phone}"}, ["accounts.E002"]),
        ({"SMS_HTTP_URL": "", "SMS_BACKEND": "accounts.sms.ConsoleBackend"}, []),
    ],
)
def test_gateway_settings_that_cannot_work_are_told_at_the_start(
    settings, changed, ids
):
    settings.SMS_BACKEND = "accounts.sms.HttpBackend"
    settings.SMS_HTTP_URL = "https://sms.example.org/"
    for name, value in changed.items():
        setattr(settings, name, value)

    assert [error.id for error in check_sms_gateway(None)] == ids
