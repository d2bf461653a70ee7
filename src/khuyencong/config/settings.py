"""Settings. Everything an operator may change comes from the environment (docs/handbook/06-quan-tri.md)."""

import os
from pathlib import Path

import structlog

from khuyencong.config import environment
from khuyencong.core import clock

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir()
environment.start_clock()

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = environment.flag("KHUYENCONG_DEBUG")
ALLOWED_HOSTS = environment.words("KHUYENCONG_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = environment.words("KHUYENCONG_ORIGINS", "")
HTTPS = environment.flag("KHUYENCONG_HTTPS")
# Who may say from where a request came.
TRUSTED_PROXIES = environment.networks("KHUYENCONG_PROXIES", "127.0.0.1,::1")

# The province this installation serves, its database, its address, its offices (core/installation.py).
INSTALLATION = environment.identity(DATA_DIR)
PROVINCE_CODE = INSTALLATION.province

# What is kept of the audit trail outside the database: its last head, the key that signs it, where backups lie.
AUDIT_DIR = DATA_DIR / "audit"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "khuyencong.core",
    "khuyencong.core.queue",
    "khuyencong.places",
    "khuyencong.people",
    "khuyencong.law",
    "khuyencong.establishments",
    "khuyencong.planning",
    "khuyencong.projects",
    "khuyencong.supervision",
    "khuyencong.whatif",
    "khuyencong.yearbook",
    "khuyencong.impact",
    "khuyencong.indicators",
    "khuyencong.prospects",
    "khuyencong.maps",
    "khuyencong.reports",
    "khuyencong.imports",
    "khuyencong.work",
    "khuyencong.portal",
    "khuyencong.demo",
    # After our rooms, so that our templates come first.
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "khuyencong.core.language.LanguageMiddleware",
    "khuyencong.core.door.DoorMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "khuyencong.core.clean_text.CleanTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "khuyencong.people.guard.GuardMiddleware",
    "khuyencong.core.refusals.RefusedPageMiddleware",
]

ROOT_URLCONF = "khuyencong.config.urls"
WSGI_APPLICATION = "khuyencong.config.wsgi.application"

FORM_RENDERER = "khuyencong.core.form_renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["khuyencong.core.plain_numbers.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "khuyencong.people.context.frame",
                "khuyencong.work.context.work_count",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "khuyencong.core.templatetags.ui",
            ],
        },
    }
]

DATABASES = environment.databases(DATA_DIR, INSTALLATION.database_url)
# The queue of long work, seen while a long transaction holds the main database (core/queue/router.py).
DATABASE_ROUTERS = ["khuyencong.core.queue.router.QueueRouter"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# For what a process may forget at any time, and others need not know.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "khuyencong.people.passwords.NotEasilyGuessed"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "khuyencong.people.forms.SignInForm",
    "change_password": "khuyencong.people.forms.PasswordForm",
    "reauthenticate": "khuyencong.people.forms.ConfirmForm",
}
ACCOUNT_ADAPTER = "khuyencong.people.adapter.ClosedSignupAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # ours are in a row: people/lockouts.py

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = clock.ZONE.key
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["khuyencong.core.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "khuyencong.core.files.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "khuyencong.core.files.static.HashedFiles"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Everything comes from here; no script stands in a page. Charts and bars set their sizes in style attributes.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Without a mail server mails are only printed on the console, and nobody counts as having received one.
EMAIL_HOST = os.environ.get("KHUYENCONG_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("KHUYENCONG_MAIL_PORT", "587"))
EMAIL_USE_TLS = environment.flag("KHUYENCONG_MAIL_TLS", default=True)
EMAIL_HOST_USER = os.environ.get("KHUYENCONG_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KHUYENCONG_MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
# How people reach this installation, for links in mails.
SITE_ADDRESS = INSTALLATION.address
DEFAULT_FROM_EMAIL = os.environ.get("KHUYENCONG_MAIL_FROM", "khuyen-cong@localhost")
SILENCED_SYSTEM_CHECKS: list[str] = []

# script/dev: what each page asked the database, beside the page. Not installed with the product.
TOOLBAR = environment.flag("KHUYENCONG_TOOLBAR")
if TOOLBAR:
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(2, "debug_toolbar.middleware.DebugToolbarMiddleware")
    MIDDLEWARE.remove("csp.middleware.CSPMiddleware")  # it writes scripts into pages
    INTERNAL_IPS = ["127.0.0.1"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Plain: a rich traceback prints local variables, among them what people typed, even passwords.
                structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KHUYENCONG_LOG", "WARNING")},
}
