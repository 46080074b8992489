"""Django's command line; a server that does not answer is one sentence, no trace."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as CacheError

from contest_portal import env

# What reads files and a rule book only, and so needs no secret and no server.
# Its standard error is for people, so nothing of mere interest is logged there.
STANDS_ALONE = {
    "inspectmedia": {
        "PORTAL_ENV": "demo",
        "MEDIA_STORAGE": "filesystem",
        "LOG_LEVEL": "WARNING",
    }
}


def main(arguments: list[str]) -> None:
    os.environ.update(STANDS_ALONE.get("".join(arguments[1:2]), {}))
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(
            silent_server("The database", error, is_embedded=env.embedded_database())
        )
    except (BrokerError, CacheError) as error:
        sys.exit(silent_server("The broker", error, is_embedded=env.embedded_broker()))


def silent_server(name: str, error: Exception, *, is_embedded: bool) -> str:
    """What to do about a server that does not answer."""
    if is_embedded:
        return (
            f"{name} is not running. Start the portal with `make run` in another "
            "terminal, then try again."
        )
    return f"{name} does not answer: {str(error).strip().splitlines()[0]}"
