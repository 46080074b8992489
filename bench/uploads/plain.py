"""The least that the same web server can do with a body: copy it into a file."""

import os
import uuid
from pathlib import Path

BLOCK_BYTES = 1024 * 1024


def application(environ, start_response):
    path = Path(os.environ["PLAIN_FOLDER"]) / uuid.uuid4().hex
    body = environ["wsgi.input"]
    with path.open("wb", buffering=0) as file:
        while block := body.read(BLOCK_BYTES):
            file.write(block)
    start_response("204 No Content", [("Content-Length", "0")])
    return []
