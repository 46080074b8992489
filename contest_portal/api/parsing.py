"""How the API reads: JSON of a moderate size, in which every text can be stored."""

import codecs
import json
import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

UNSTORABLE = re.compile("[\\0\\ud800-\\udfff]")  # NUL, and half of a letter


class PlainJSONParser(JSONParser):
    """Refuses what is too large, what is no JSON, and signs no database takes."""

    def parse(self, stream, media_type=None, parser_context=None):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise RequestDataTooBig("DATA_UPLOAD_MAX_MEMORY_SIZE exceeded")
        try:
            data = json.loads(codecs.decode(body, "utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError from error
        if not _can_be_stored(data):
            raise ParseError(code="bad_sign")
        return data


def _refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def _can_be_stored(data) -> bool:
    if isinstance(data, str):
        return not UNSTORABLE.search(data)
    if isinstance(data, dict):
        return all(map(_can_be_stored, [*data, *data.values()]))
    return not isinstance(data, list) or all(map(_can_be_stored, data))
