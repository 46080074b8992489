"""Typed readers of the environment. A missing production secret stops the start."""

import datetime as dt
import ipaddress
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environ.Env()("VAR_DIR", default=str(BASE_DIR / "var")))

_env = environ.Env()
if (BASE_DIR / ".env").is_file():
    _env.read_env(BASE_DIR / ".env")


def text(name, default=""):
    return _env(name, default=default)


def strings(name, default=()):
    return _env.list(name, default=list(default))


def portal_env():
    value = text("PORTAL_ENV", default="demo")
    if value not in {"demo", "production"}:
        raise ImproperlyConfigured(
            f"PORTAL_ENV is {value!r}; it must be demo or production."
        )
    return value


def in_production():
    return portal_env() == "production"


def secret(name):
    """The secret from the environment; the demonstration has a fixed one of its own."""
    value = text(name)
    if value:
        return value
    if in_production():
        raise ImproperlyConfigured(f"Set {name}: production does not start without it.")
    return f"demonstration-only-{name.lower()}-" + "0" * 40


def hosts():
    if in_production():
        found = strings("ALLOWED_HOSTS")
        if not found:
            raise ImproperlyConfigured(
                "Set ALLOWED_HOSTS: production does not start without it."
            )
        return found
    return strings("ALLOWED_HOSTS", default=["*"])


def demo_today():
    value = text("DEMO_TODAY")
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"DEMO_TODAY is {value!r}; write a day like 2023-09-23."
        ) from None


def networks(name, default=()):
    return [ipaddress.ip_network(net) for net in strings(name, default=default)]


def database():
    url = text("DATABASE_URL")
    if url:
        found = _env.db_url_config(url)
    elif in_production():
        raise ImproperlyConfigured(
            "Set DATABASE_URL: production does not start without it."
        )
    else:
        found = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "portal",
            "USER": "portal",
            "HOST": str(socket_dir()),
        }
    found |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return found


def socket_dir():
    """Where the embedded servers listen; short, because socket paths have a limit."""
    return Path(text("EMBEDDED_SOCKET_DIR", default=str(VAR_DIR / "run")))


def _redis_url(number):
    url = text("REDIS_URL")
    if url:
        return f"{url.rstrip('/')}/{number}"
    if in_production():
        raise ImproperlyConfigured(
            "Set REDIS_URL: production does not start without it."
        )
    return None


def broker_url():
    return _redis_url(1) or f"redis+socket://{socket_dir()}/valkey.sock?virtual_host=1"


def cache():
    location = _redis_url(0) or f"unix://{socket_dir()}/valkey.sock?db=0"
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": location,
    }


def media_root():
    return Path(text("MEDIA_ROOT", default=str(VAR_DIR / "media")))


def upload_temp_dir():
    return text("UPLOAD_TEMP_DIR", default="") or None


def media_storage():
    """MEDIA_STORAGE is "filesystem" or "s3"."""
    kind = text("MEDIA_STORAGE", default="filesystem")
    if kind == "filesystem":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if kind == "s3":
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": secret("S3_BUCKET"),
                "endpoint_url": text("S3_ENDPOINT_URL") or None,
                "access_key": secret("S3_ACCESS_KEY"),
                "secret_key": secret("S3_SECRET_KEY"),
                "querystring_expire": 900,
                "file_overwrite": False,
            },
        }
    raise ImproperlyConfigured(
        f"MEDIA_STORAGE is {kind!r}; it must be filesystem or s3."
    )


def media_delivery():
    default = "django" if text("MEDIA_STORAGE") != "s3" else "signed-url"
    return text("MEDIA_DELIVERY", default=default)


def email():
    url = text("EMAIL_URL", default="consolemail://")
    return dict(_env.email_url_config(url))
