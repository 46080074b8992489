"""Mobile numbers: however people type them, stored as E.164."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from contests.errors import RuleViolation

# What people and address books put between digits, invisible marks included.
_FILLING = re.compile(r"[\s\-‐-―−·.()\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")


class PhoneRefused(RuleViolation):
    code = "phone_malformed"


def normalise(text: str) -> str:
    """The number as +861…; refuses what is no mobile number of mainland China."""
    bare = _FILLING.sub("", unicodedata.normalize("NFKC", text))
    found = _MOBILE.fullmatch(bare)
    if found is None:
        raise PhoneRefused(
            _("A mobile number has 11 digits and starts with 1. Please look again.")
        )
    return f"+86{found[1]}"


def spaced(phone: str) -> str:
    """As people read it out, 199 0000 1234, and never broken at the end of a line."""
    return "\N{NO-BREAK SPACE}".join([phone[-11:-8], phone[-8:-4], phone[-4:]])
