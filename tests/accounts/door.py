"""How a citizen comes in: a number, a tick, a code."""

SIGN_IN = "/accounts/login/"
CONFIRM = "/accounts/login/code/"
AGAIN = "/accounts/login/again/"
NUMBER = "+8619900001234"


def ask_for_code(client, phone="199 0000 1234", **more):
    return client.post(SIGN_IN, {"phone": phone, "agree_privacy": "on"}, **more)


def enter(client, code):
    return client.post(CONFIRM, {"code": code})


def sign_in(client, outbox, phone="199 0000 1234"):
    ask_for_code(client, phone)
    return enter(client, outbox[-1]["code"])


def wrong(outbox):
    return f"{(int(outbox[-1]['code']) + 1) % 1_000_000:06d}"
