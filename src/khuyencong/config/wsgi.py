"""The door for web servers."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuyencong.config.settings")
application = get_wsgi_application()

# What takes seconds to import is imported before the first page, not within it.
import_module(settings.ROOT_URLCONF)
for slow in ("khuyencong.indicators.compute", "khuyencong.core.paper_charts"):
    import_module(slow).ready()
