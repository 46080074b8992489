"""Typed readers of the environment. A missing production secret stops the start."""

import datetime as dt
import ipaddress
import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from contest_portal.embedded import places
from contest_portal.embedded.postgres import DATABASE, USER
from contest_portal.embedded.valkey import SOCKET

BASE_DIR = Path(__file__).resolve().parent.parent
DEMONSTRATION_PROPAGATOR = "0011" + "0" * 18 + "10000"
DEMONSTRATION_SECRET = "demonstration-only-" + "0123456789abcdef" * 3
RULEBOOKS_DIR = BASE_DIR / "contests" / "rulebooks"

_env = environ.Env()
_file = BASE_DIR / _env("ENV_FILE", default=".env")  # empty: no file at all
if _file.is_file():
    _env.read_env(_file)


def text(name, default=""):
    return _env(name, default=default)


def strings(name, default=()):
    return _env.list(name, default=list(default))


def number(name, default):
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a number.") from None


def choice(name, options, default):
    value = text(name) or default
    if value not in options:
        allowed = " or ".join(options)
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be {allowed}.")
    return value


def propagator_code():
    """27 letters and digits; of nobody until AIGC_PROPAGATOR_CODE is set."""
    code = text("AIGC_PROPAGATOR_CODE") or DEMONSTRATION_PROPAGATOR
    if not re.fullmatch(r"001[0-9A-Z]{24}", code):
        raise ImproperlyConfigured(
            f"AIGC_PROPAGATOR_CODE is {code!r}; write 27 capital letters and digits "
            "that begin with 001."
        )
    return code


def networks(name, default=()):
    try:
        return [ipaddress.ip_network(net) for net in strings(name, default=default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from None


# --- Demonstration or production ---------------------------------------------
def portal_env():
    return choice("PORTAL_ENV", ["demo", "production"], default="demo")


def in_production():
    return portal_env() == "production"


def secret(name):
    """The secret from the environment; the demonstration has a fixed one of its own."""
    return needed_in_production(name) or f"{DEMONSTRATION_SECRET}-{name.lower()}"


def needed_in_production(name):
    value = text(name)
    if not value and in_production():
        raise ImproperlyConfigured(f"Set {name}: production does not start without it.")
    return value


def refuse_unfinished_production():
    """Stop at once, with the name of what is missing."""
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"):
        needed_in_production(name)


def hosts():
    needed_in_production("ALLOWED_HOSTS")
    return strings("ALLOWED_HOSTS", default=["*"])


def site_url():
    """Where people reach the portal; links in mail and print begin with it."""
    return text("SITE_URL") or f"http://{local_host()}:{port()}"


def host():
    return text("HOST") or "127.0.0.1"


def local_host():
    """The address to visit on this machine; 0.0.0.0 and :: only mean everywhere."""
    return host() if host().strip("0.:") else "127.0.0.1"


def port():
    return number("PORT", default=8000)


# --- The contest -------------------------------------------------------------
def default_rulebook():
    """The folder of the contest that this portal runs unless told otherwise."""
    key = (RULEBOOKS_DIR / "default").read_text(encoding="utf-8").strip()
    return RULEBOOKS_DIR / key


def demo_today():
    """The day on which the contest lives, or None for the real one.

    The rule book's own demonstration day, unless DEMO_TODAY names another or is set
    to nothing. Production lives in the present.
    """
    if "DEMO_TODAY" not in _env.ENVIRON:
        return None if in_production() else _demonstration_day()
    value = text("DEMO_TODAY")
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"DEMO_TODAY is {value!r}; write a day like 2031-05-20."
        ) from None


def demo_data():
    """Are accounts and works made for the demonstration?"""
    wanted = choice("DEMO_DATA", ["yes", "no"], default="yes")
    return wanted == "yes" and not in_production()


def _demonstration_day():
    try:
        document = (default_rulebook() / "demonstration.toml").read_text("utf-8")
    except FileNotFoundError:
        return None
    return tomllib.loads(document).get("today")


# --- Servers -----------------------------------------------------------------
def var_dir():
    return Path(text("VAR_DIR") or BASE_DIR / "var").resolve()


def socket_dir():
    """Where the embedded servers listen."""
    given = text("EMBEDDED_SOCKET_DIR")
    return Path(given) if given else places.recorded_socket_dir(var_dir())


def embedded_database():
    return not text("DATABASE_URL") and not in_production()


def embedded_broker():
    return not text("REDIS_URL") and not in_production()


def database():
    url = needed_in_production("DATABASE_URL")
    if url:
        found = _env.db_url_config(url)
    else:
        found = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "USER": USER,
            "HOST": str(socket_dir()),
        }
    return found | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def cache():
    """Database 0 of the server; clearing the cache leaves the queue alone."""
    location = redis_url(0) or f"unix://{socket_dir() / SOCKET}?db=0"
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": location,
    }


def broker_url():
    return redis_url(1) or f"redis+socket://{socket_dir() / SOCKET}?virtual_host=1"


def redis_url(database_number):
    """REDIS_URL with the number of one of its databases; None when it is not set."""
    url = needed_in_production("REDIS_URL")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured("REDIS_URL must begin with redis:// or rediss://.")
    return parts._replace(path=f"/{database_number}").geturl()


# --- Files -------------------------------------------------------------------
def media_root():
    return Path(text("MEDIA_ROOT") or var_dir() / "media")


def static_root():
    return Path(text("STATIC_ROOT") or var_dir() / "static")


def upload_temp_dir():
    """Beside the media, so that a finished upload is moved, not copied."""
    folder = Path(text("UPLOAD_TEMP_DIR") or var_dir() / "uploads")
    return str(folder) if folder.is_dir() else None


def upload_staging_dir():
    """On the file system of the media, so that a finished upload need not be copied."""
    return Path(text("UPLOAD_STAGING_DIR") or var_dir() / "staging")


def web_threads():
    return number("WEB_THREADS", default=32)


def uploads_at_once():
    """Bodies that one web process receives at the same time; pages keep the rest."""
    return number("UPLOADS_AT_ONCE", default=max(web_threads() - 4, 1))


def media_storage_kind():
    return choice("MEDIA_STORAGE", ["filesystem", "s3"], default="filesystem")


def media_storage():
    if media_storage_kind() == "filesystem":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": needed_for_s3("S3_BUCKET"),
            "access_key": needed_for_s3("S3_ACCESS_KEY"),
            "secret_key": needed_for_s3("S3_SECRET_KEY"),
            "endpoint_url": text("S3_ENDPOINT_URL") or None,
            "region_name": text("S3_REGION") or None,
            "addressing_style": "path",
            "signature_version": "s3v4",
            "querystring_expire": 900,
            "file_overwrite": False,
            "max_memory_size": 16 * 1024 * 1024,  # of a file read; the rest on disk
        },
    }


def needed_for_s3(name):
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: MEDIA_STORAGE=s3 needs it.")
    return value


def media_delivery():
    """Who hands out media: Django itself, the proxy in front of it, or the store."""
    default = "django" if media_storage_kind() == "filesystem" else "signed-url"
    return choice("MEDIA_DELIVERY", ["django", "accel", "signed-url"], default=default)


def media_origins():
    """Where browsers fetch media beside the portal itself; empty unless they must."""
    if media_delivery() != "signed-url":
        return []
    endpoint = urlsplit(text("S3_ENDPOINT_URL") or "https://s3.amazonaws.com")
    return [f"{endpoint.scheme}://{endpoint.netloc}"]


# --- Mail --------------------------------------------------------------------
def email():
    return dict(_env.email_url_config(text("EMAIL_URL") or "consolemail://"))
