"""A contest, and people with drafts that wait for their files."""

import io
import os
import struct
from dataclasses import dataclass

from PIL import Image

from accounts.models import AccessToken, User
from accounts.tokens import issue_token
from contests.models import Contest
from submissions.models import Submission
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_complete_draft, make_contest

MAX_FILE_MB = 8192
COMMENT_BYTES = 65_000


@dataclass(frozen=True)
class Entrant:
    user: User
    token: str


def open_contest() -> Contest:
    """One that takes large files."""
    return make_contest(defaults={"title_max_length": 40, "max_file_mb": MAX_FILE_MB})


def new_entrant() -> Entrant:
    user = CitizenFactory()
    _row, token = issue_token(user=user, channel=AccessToken.Channel.values[0])
    return Entrant(user, token)


def waiting_draft(contest: Contest, entrant: Entrant) -> Submission:
    """It lacks nothing but its file."""
    return make_complete_draft(contest, files=0, author=entrant.user)


def photograph(size_bytes: int, *, pixels=(900, 600)) -> bytes:
    """A JPEG of that size that no other call makes: hills of chance, and comments."""
    seeds = Image.frombytes("RGB", (9, 6), os.urandom(9 * 6 * 3))
    stream = io.BytesIO()
    seeds.resize(pixels, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=90)
    picture = stream.getvalue()
    return picture[:2] + _comments(size_bytes - len(picture)) + picture[2:]


def _comments(size_bytes):
    """JPEG's own way to carry bytes that are not the picture."""
    made = bytearray()
    while size_bytes - len(made) > 4:
        length = min(COMMENT_BYTES, size_bytes - len(made) - 2)
        made += b"\xff\xfe" + struct.pack(">H", length) + os.urandom(length - 2)
    return bytes(made)
