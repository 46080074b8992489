"""One cell as people fill it in, without what a spreadsheet made of it."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from contests.errors import RuleViolation
from submissions.services.links import ADDRESS, plain

NOTHING = {
    "无",
    "没有",
    "暂无",
    "/",
    "\\",
    "-",
    "—",
    "——",
    "－",
    "／",
    "n/a",
    "none",
    "空",
}
DITTO = {"同上", "同上行", "〃", "″", '"', "“", "”", "ditto"}
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]")
LINE_END = re.compile(r"\s*[\r\n\v\f\u0085\u2028\u2029]+\s*")
BETWEEN_NAMES = re.compile(r"[、,，;；/／|｜\r\n\t]+")
BETWEEN_FILES = re.compile(r"[、,，;；|｜\r\n\t]+")
DOTS = str.maketrans({"．": "·", "•": "·", "・": "·", "‧": "·", "∙": "·"})
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,2}")
FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000\u00a0]")
NARROWED = re.compile("[０-９Ａ-Ｚａ-ｚ]")
EXACT_DIGITS = 15  # of a number in a spreadsheet
MOBILE_DIGITS = 11


def written(value) -> str:
    """A cell's value as the text somebody meant: 3.0 is 3, a day is 2031-05-20."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    return INVISIBLE.sub("", str(value)).strip().strip("\u3000 ")


def _number(value):
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 10**EXACT_DIGITS:
        return str(int(value))
    return repr(value)


def means_nothing(text: str) -> bool:
    return text.strip().casefold() in NOTHING


def means_above(text: str) -> bool:
    return text.strip().casefold() in DITTO


def one_line(text: str) -> str:
    """Without line ends; a space stays only between Latin words."""
    return re.sub(r"[ \t\u3000\u00a0]+", " ", _joined(text)).strip()


def _joined(text):
    def between(found):
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        return " " if before.isascii() and after.isascii() else ""

    return LINE_END.sub(between, text)


def narrowed(text: str) -> str:
    """Full-width digits and Latin letters as usual ones; names and marks stay."""
    return NARROWED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def narrow(text: str) -> str:
    """All of it in one width: for numbers, addresses and file names, never names."""
    return unicodedata.normalize("NFKC", text)


def has_full_width(text: str) -> bool:
    return FULL_WIDTH.search(text) is not None


def names_in(text: str) -> list[str]:
    """The people of a cell, each once, in order; 张　三 is 张三."""
    found = [_name(part) for part in BETWEEN_NAMES.split(text)]
    return list(dict.fromkeys(name for name in found if name))


def _name(text):
    text = re.sub(r"[ \u3000\u00a0]+", " ", text.translate(DOTS)).strip()
    if text.isascii():
        return text
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def files_in(text: str) -> list[str]:
    """File names of a cell, without folders."""
    found = [narrow(part).strip() for part in BETWEEN_FILES.split(text)]
    plain_names = [re.split(r"[\\/]", name)[-1].strip() for name in found]
    return list(dict.fromkeys(name for name in plain_names if name))


def addresses_in(text: str) -> list[str]:
    """Every address of a cell in one spelling, each once."""
    found = ADDRESS.findall(narrow(text))
    return list(dict.fromkeys(plain(address) for address in found))


class Rounded(RuleViolation):
    """A spreadsheet has kept only some of the digits."""

    code = "phone_rounded"


def digits_of(text: str) -> str:
    """A number that a spreadsheet shows as 1.9900001234E+10, with all its digits."""
    bare = narrow(text).strip()
    if not SCIENTIFIC.fullmatch(bare):
        return bare
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return bare
    kept = len(bare.upper().split("E")[0].replace(".", ""))
    if number != number.to_integral_value() or kept < MOBILE_DIGITS - 1:
        raise Rounded(bare)
    return str(int(number))


def as_label(text: str) -> str:
    """A column's name for comparing: no spaces, one width, no marks around it."""
    bare = "".join(narrow(text).split())
    return re.sub(r"[*＊：:★☆]|\((?:必填|选填)\)", "", bare).casefold()
