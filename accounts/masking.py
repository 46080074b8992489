"""How personal data look to those who need not know them whole."""

import re

from django.utils.crypto import salted_hmac

_COMPOUND_SURNAME = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|端木|独孤|南宫|夏侯|"
    "宇文|长孙|轩辕|百里|呼延|东郭|西门|公冶|澹台|闻人|赫连|钟离|申屠|淳于"
)
DOT = "·"


def mask_phone(phone: str) -> str:
    """+8619900001234 and 19900001234 become 199****1234."""
    return f"{phone[-11:-8]}****{phone[-4:]}"


def mask_email(address: str) -> str:
    """wang@example.org becomes w***@example.org."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if at else ""


def mask_name(name: str) -> str:
    """Keep the surname, and of three characters or more the last one too."""
    if not name:
        return ""
    if name.isascii():
        return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
    if DOT in name:
        first, *rest = name.split(DOT)
        return DOT.join([_hide(first, keep=1), *("*" * len(part) for part in rest)])
    if _COMPOUND_SURNAME.match(name):
        return _hide(name, keep=2)
    if len(name) > 2:
        return name[0] + "*" * (len(name) - 2) + name[-1]
    return _hide(name, keep=1)


def _hide(text, *, keep):
    return text[:keep] + "*" * (len(text) - keep)


def fingerprint(value: str) -> str:
    """A short name for a value that tells nothing about it, yet is always the same."""
    return salted_hmac("accounts.masking", value, algorithm="sha256").hexdigest()[:12]
