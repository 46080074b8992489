"""Settings of the portal. Values come from the environment through env.py."""

import datetime as dt
import os

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from contest_portal import env, logs

# Before numpy is there: matrices are small, and threads for them only wait in turn.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = env.BASE_DIR
VAR_DIR = env.var_dir()

# --- Environment -------------------------------------------------------------
PORTAL_ENV = env.portal_env()
IN_PRODUCTION = PORTAL_ENV == "production"
DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.hosts()
CSRF_TRUSTED_ORIGINS = env.strings("CSRF_TRUSTED_ORIGINS")
DEMO_TODAY = env.demo_today()
SITE_URL = env.site_url()

# --- Applications ------------------------------------------------------------
INSTALLED_APPS = [
    "contest_portal",
    "contests",
    "accounts",
    "notifications",
    "submissions",
    "judging",
    "outreach",
    "contest_portal.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "csp",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "contest_portal.requests.PlainRequestMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.WorkSessionMiddleware",
    "contest_portal.preview.PreviewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "contest_portal.urls"
WSGI_APPLICATION = "contest_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "contest_portal.desk.context.site",
            ],
        },
    }
]

# --- Data --------------------------------------------------------------------
DATABASES = {"default": env.database()}
CACHES = {"default": env.cache()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": env.media_storage(),
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if IN_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = env.media_root()
MEDIA_DELIVERY = env.media_delivery()  # "django", "accel" or "signed-url"
MEDIA_ACCEL_PREFIX = "/stored/"  # where the proxy keeps what X-Accel-Redirect names
FILE_UPLOAD_TEMP_DIR = env.upload_temp_dir()
FILE_UPLOAD_HANDLERS = ["contest_portal.requests.SmallFilesHandler"]
FILE_UPLOAD_MAX_MB = 64  # of all files of a request; works have a receiver of their own
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Works arrive piece by piece (tus); how much at once, and how much altogether
UPLOAD_STAGING_DIR = env.upload_staging_dir()
UPLOAD_DAYS_KEPT = env.number("UPLOAD_DAYS_KEPT", default=7)
UPLOADS_PER_PERSON = env.number("UPLOADS_PER_PERSON", default=40)
UPLOAD_PERSON_MB = env.number("UPLOAD_PERSON_MB", default=51_200)
UPLOADS_OPEN = env.number("UPLOADS_OPEN", default=2000)
UPLOADS_ALWAYS_WELCOME = 3  # of one person, as many as a page sends at once
UPLOAD_SHARES = 100  # of the staging space; half full, nobody takes more than one
UPLOAD_GIVES_WAY_AFTER_HOURS = 24  # an upload without a byte so long, when room lacks
UPLOAD_STAGING_MB = env.number("UPLOAD_STAGING_MB", default=512_000)
UPLOAD_FREE_DISK_MB = env.number("UPLOAD_FREE_DISK_MB", default=2048)
UPLOADS_AT_ONCE = env.uploads_at_once()  # bodies in one web process
UPLOADS_AT_ONCE_PER_PERSON = 8  # of these; a page sends three
UPLOAD_SILENCE_SECONDS = 30  # then a silent client is taken for gone
UPLOAD_OVERTAKEN_AFTER_SECONDS = 10  # without a block another request may take over
UPLOAD_SWEPT_AFTER_SECONDS = 120  # what waits untouched for longer is looked at
TUSD_HOOK_SECRET = env.text("TUSD_HOOK_SECRET")  # empty: no tusd
TUSD_OBJECT_PREFIX = "uploads/"  # of its -s3-object-prefix, in the store of the media

STATIC_URL = "/static/"
STATIC_ROOT = env.static_root()
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not IN_PRODUCTION

# --- People ------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "submissions:mine"
LOGOUT_REDIRECT_URL = "home"
LANDING_PAGES = {  # after signing in, by the first role that fits
    "organiser": "organiser",
    "supervisor": "organiser",
    "reviewer": "submissions:screening-queue",
    "judge": "admin:judging_ballot_changelist",
    "district_officer": "outreach:recommendations",
    "practice_centre": "outreach:recommendation",
}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # the staff form; phones go through PhoneSignIn
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = {  # "key" is the mobile number or the username
    "code_pause": "1/60s/key",
    "code_day": "10/d/key",
    "code_address": f"{env.number('SMS_CODES_PER_ADDRESS', default=20)}/h/ip",
    "code_tries": f"{ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS}/1h/key",
    "email_code": "5/h/key",
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/20m/key",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.StaffForm",
    "reauthenticate": "accounts.forms.ReauthenticateByPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # codes before and after the present one: clocks differ
SESSION_COOKIE_AGE = 14 * 24 * 3600
WORK_SESSION_IDLE_SECONDS = 30 * 60  # of those who hold a role
WORK_SESSION_SECONDS = 12 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]

# --- Language and time -------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["contest_portal.formats"]

# --- Security ----------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *env.media_origins()],
        "media-src": [SELF, "blob:", *env.media_origins()],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_SECURE = IN_PRODUCTION
LANGUAGE_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
if IN_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics|api/v1/uploads/tusd-hooks/)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", default=0)
METRICS_ALLOWED_NETS = env.networks("METRICS_ALLOWED_NETS", default=["127.0.0.0/8"])

# --- API ---------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["contest_portal.api.parsing.PlainJSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ProgramToken",
        "accounts.api.authentication.SiteSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": [
        "contest_portal.api.throttling.CallsOfAPerson",
        "contest_portal.api.throttling.CallsFromAnAddress",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "person": f"{env.number('API_CALLS_PER_PERSON', default=600)}/min",
        "address": f"{env.number('API_CALLS_PER_ADDRESS', default=600)}/min",
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 24,
    "EXCEPTION_HANDLER": "contest_portal.api.errors.answer_refusal",
}
KNOX_TOKEN_MODEL = "accounts.AccessToken"
REST_KNOX = {"TOKEN_TTL": dt.timedelta(days=30), "AUTH_HEADER_PREFIX": "Token"}
MIGRATION_MODULES = {"knox": None}  # its own table is replaced by AccessToken's
TOKENS_PER_PERSON = 10  # one more ends the oldest
API_FILE_MAX_MB = 64  # of a file sent whole; larger ones are uploaded in pieces
SPECTACULAR_SETTINGS = {
    "TITLE": "Contest portal",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "contest_portal.api.schema.describe_errors",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ChannelEnum": "submissions.models.Submission.Channel",
        "ProgramChannelEnum": "accounts.models.AccessToken.Channel",
        "StateEnum": "submissions.states.State",
        "WaiverStateEnum": "submissions.states.WaiverState",
        "RequestStateEnum": "submissions.states.RequestState",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Background work ---------------------------------------------------------
CELERY_IMPORTS = [
    "submissions.reminder_tasks",
    "submissions.retention_tasks",
    "submissions.uploads.tasks",
]
# Films wait in a queue of their own, `slow` (submissions/media/jobs/queues.py). What
# needs the disk of UPLOAD_STAGING_DIR is done beside the web server, in `storing`.
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_ROUTES = {"submissions.uploads.tasks.*": {"queue": "storing"}}
CELERY_BROKER_URL = env.broker_url()
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3 * 3600,  # longer than any task may take
}
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB after a task: then a fresh process
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 2 * 3600
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "resume stuck inspections": {
        "task": "submissions.tasks.resume_stuck_inspections",
        "schedule": 20.0,
    },
    "sweep own data": {
        "task": "accounts.tasks.sweep_own_data",
        "schedule": 300.0,
    },
    "sweep the outbox": {
        "task": "notifications.tasks.sweep_outbox",
        "schedule": 60.0,
    },
    "sweep uploads": {
        "task": "submissions.uploads.tasks.sweep_uploads",
        "schedule": 60.0,
    },
    "look after labels": {
        "task": "submissions.tasks.look_after_labels",
        "schedule": 3600.0,
    },
    "remove orphans from the store": {
        "task": "submissions.tasks.remove_orphans",
        "schedule": crontab(hour=3, minute=40),
    },
    "look at drafts": {
        "task": "submissions.reminder_tasks.look_at_drafts",
        "schedule": 900.0,
    },
    "remind of the deadline": {
        "task": "submissions.reminder_tasks.remind_before_deadline",
        "schedule": 3600.0,
    },
    "remind winners of their form": {
        "task": "submissions.reminder_tasks.remind_of_winner_forms",
        "schedule": 3600.0,
    },
    "forget old messages": {
        "task": "notifications.tasks.forget_old_messages",
        "schedule": crontab(hour=4, minute=10),
    },
    "forget what contests no longer need": {
        "task": "submissions.retention_tasks.forget_after_contests",
        "schedule": crontab(hour=4, minute=40),
    },
    "forget accounts that contests no longer need": {
        "task": "accounts.anonymising_tasks.forget_accounts_after_contests",
        "schedule": crontab(hour=5, minute=10),
    },
    "put forgotten imports aside": {
        "task": "submissions.import_tasks.discard_forgotten_imports",
        "schedule": 6 * 3600.0,
    },
    "note that the scheduler lives": {
        "task": "contest_portal.tasks.beat_heart",
        "schedule": 15.0,
    },
}

# --- Media inspection --------------------------------------------------------
INSPECTION_MAX_ATTEMPTS = 3
INSPECTION_LEASE_SECONDS = 60  # renewed while its process lives

# Who spreads the works, as labels of generated content name it (GB 45438-2025): 001, a
# digit, the organiser's credit code of 18 characters and 5 more.
AIGC_PROPAGATOR_CODE = env.propagator_code()

# --- Receipts ----------------------------------------------------------------
RECEIPT_SIGNING_KEY = env.text("RECEIPT_SIGNING_KEY")
RECEIPT_RETIRED_KEYS = env.strings("RECEIPT_RETIRED_KEYS")
RECEIPT_PAPER_KEPT_SECONDS = 600  # a paper asked for again is not made again
PAGE_CALLS = {  # of a person; of those who are not signed in, from an address
    "receipt_paper": "20/min",
    "receipt_check": "240/min",
}

# --- Mail and SMS ------------------------------------------------------------
vars().update(env.email())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM") or "portal@localhost"
SMS_BACKEND = env.text("SMS_BACKEND") or "accounts.sms.ConsoleBackend"
SMS_SIGNATURE = env.text("SMS_SIGNATURE")
SMS_HTTP_URL = env.text("SMS_HTTP_URL")
SMS_HTTP_BODY = env.text("SMS_HTTP_BODY") or '{"phone": "{phone}", "text": "{text}"}'
SMS_HTTP_KEY = env.text("SMS_HTTP_KEY")
SMS_HTTP_EXPECT = env.text("SMS_HTTP_EXPECT")
SMS_QUIET_FROM_HOUR = 22  # of TIME_ZONE; sign-in codes are sent at any hour
SMS_QUIET_UNTIL_HOUR = 8

# --- Logs --------------------------------------------------------------------
DJANGO_STRUCTLOG_CELERY_ENABLED = True
logs.configure_structlog()
LOGGING = logs.logging_config(level=env.text("LOG_LEVEL") or "INFO")
