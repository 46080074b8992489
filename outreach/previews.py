"""The first page of a stamped copy as a small picture, to be read beside the rows."""

from typing import BinaryIO

from submissions.media import papers


class Unreadable(Exception):
    """The file cannot be shown as a picture."""


def first_page(file: BinaryIO, *, content_type: str) -> bytes:
    """A JPEG of the first page, upright and without what the file says about itself.

    It is read beside this process, which holds keys and passwords.
    """
    file.seek(0)
    picture = papers.first_page(file.read(), mime_type=content_type)
    if picture is None:
        raise Unreadable("There is no first page to be seen.")
    return picture
