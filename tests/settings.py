"""Settings of the tests: the project's own, in a folder that is thrown away, with a fast password hash.

RAPPORT_DATABASE_URL still chooses the database. A folder named in RAPPORT_HOME is left alone, so that no test
ever touches somebody's real address book.
"""

import atexit
import os
import tempfile

home = tempfile.TemporaryDirectory(prefix="rapport-tests-")
atexit.register(home.cleanup)
os.environ["RAPPORT_HOME"] = home.name
os.environ.pop("RAPPORT_SECRET_KEY", None)
os.environ.pop("RAPPORT_HOSTS", None)  # a laptop, unless a test says otherwise

from rapport.config.settings import *  # noqa: E402, F403  the environment comes first; a star is Django's own way

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # each client of a test would begin by looking at every static file there is
