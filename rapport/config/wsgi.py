"""The door that a WSGI server opens; `rapport serve` does so with granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")

application = get_wsgi_application()
