"""Settings of one installation. Embedded defaults (SQLite under var/, in-memory layer) carry a class;
DATABASE_URL and REDIS_URL carry more. No behaviour here."""

import os
import secrets
import warnings
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from neacd import logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NEACD_VAR", BASE_DIR / "var"))
DEBUG = os.environ.get("NEACD_DEBUG", "") == "1"
# Set by scripts/start: styles and scripts are collected and hashed, and no link to sign in is printed into a log.
DEPLOYED = os.environ.get("NEACD_DEPLOYED", "") == "1"


def _secret_key() -> str:
    """The installation's own key: from the environment, or made once and kept under var/, readable by its owner."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        try:  # two processes may start at once: the one that creates the file decides
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text().strip()


def _hosts() -> list[str]:
    """Names this server answers to; NEACD_HOSTS is a comma-separated list."""
    named = [name.strip() for name in os.environ.get("NEACD_HOSTS", "").split(",") if name.strip()]
    return ["localhost", "127.0.0.1", "[::1]", *named]


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _hosts()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "channels",
    "rest_framework",
    "csp",
    "axes",
    "neacd",
    "delegations",
    "delegations.drafting",
    "rooms",
]

MIDDLEWARE = [
    "neacd.request_ids.request_ids",
    "neacd.headers.Headers",
    "neacd.compressing.Compressed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "neacd.page_connections.PageConnections",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "neacd.desk_pace.DeskPace",
    "neacd.away.DatabaseAway",
    "neacd.pressed.Pressed",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "neacd.urls"
ASGI_APPLICATION = "neacd.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'neacd.sqlite3'}",
        conn_max_age=600,
        conn_health_checks="DATABASE_URL" in os.environ,  # a file needs no asking whether it is still there
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Tests on a file, too, one a run: threads then contend as they do in service, and two runs do not.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
    DATABASES["default"]["OPTIONS"] = {
        # A write takes its lock at BEGIN, so that two commands at once wait instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        # WAL: readers never wait for the writer. FULL: what was acknowledged survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        # Seconds, and milliseconds: a wire that was cut is noticed before people have gone away. What DATABASE_URL says
        # of its wire goes before it.
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        **DATABASES["default"].get("OPTIONS", {}),
        # Whoever vanishes in the middle of a transaction, frozen or cut off, holds its rooms no longer than this; and
        # who waits for one of them meanwhile gives up as soon as at SQLite's file, so that the other rooms go on.
        "options": "-c idle_in_transaction_session_timeout=30s -c lock_timeout=5s",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
CHANNEL_LAYERS = {
    "default": (
        {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "prefix": "neacd"},
        }
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
}

# Seconds: nobody is called away before a sleeping phone could wake; how often it is written down who is here.
PRESENCE_GRACE = 40.0
PRESENCE_NOTE_EVERY = 15.0

# Days: how long after closing a room keeps the names of its people, unless its moderator chose otherwise; and after how
# long without any event a room is closed.
KEEP_NAMES_DAYS = int(os.environ.get("NEACD_KEEP_NAMES_DAYS", "365"))
CLOSE_UNUSED_DAYS = int(os.environ.get("NEACD_CLOSE_UNUSED_DAYS", "90"))

LANGUAGE_CODE = "en"
TIME_ZONE = os.environ.get("NEACD_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "neacd.bundles.BundleFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "neacd.statics.HashedStatics"
        if DEPLOYED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not DEPLOYED  # no collect step before a class; a deployment collects and hashes
WHITENOISE_AUTOREFRESH = DEBUG
# WhiteNoise reads its (small) files in one go under ASGI, which is what this warning is about.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Wrong passwords: eight for one name from one address, then a quarter of an hour. One-time links are not locked out.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 8
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else a classmate who goes on guessing locks it for good
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "neacd.errors.locked_out"
AXES_CLIENT_IP_CALLABLE = "rooms.throttles.address_or_none"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business; failures go when they have lapsed
AXES_VERBOSE = False

# Throttles count in Redis if there is one, else in this process, and there more than people can make, so that none is
# dropped while it counts. What else is kept for a while is kept in each process.
IN_THIS_PROCESS = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
CACHES = {
    "default": IN_THIS_PROCESS,
    "counts": {**IN_THIS_PROCESS, "LOCATION": "counts"}
    if not REDIS_URL
    else {**IN_THIS_PROCESS, "BACKEND": "neacd.shared_counts.SharedCounts", "LOCATION": REDIS_URL},
}

# Cookies: Lax lets a join link from a chat open signed in; scripts never read the seat or session cookie.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "neacd.errors.csrf_failure"
SECURE_COOKIES = os.environ.get("NEACD_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
if SECURE_COOKIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = True
    # Asked by machines of the house, past the proxy, by plain http.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    # Whether browsers shall know this name before they ever came is for the owner of the whole domain to say.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # the longest form is one speech

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "EXCEPTION_HANDLER": "neacd.errors.api_error",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

# "json": one object a line, for a machine that gathers logs.
LOGGING = logs.configuration(os.environ.get("NEACD_LOG", ""), debug=DEBUG)
# Who may read /metrics from elsewhere than this machine, by bearer token; nobody else if it is not set.
METRICS_TOKEN = os.environ.get("NEACD_METRICS_TOKEN", "")
