"""`python -m rapport`: the same as the command `rapport`."""

import sys

from rapport.cli.main import main

sys.exit(main())
