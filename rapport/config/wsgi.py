"""The door that a WSGI server opens; `rapport serve` does so with granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")

application = get_wsgi_application()
_ = get_resolver().url_patterns  # loads every page's code before the first is asked for
# All of this stays to the end. Looked through for garbage between pages, it would hold up one in twenty by half.
gc.collect()
gc.freeze()
