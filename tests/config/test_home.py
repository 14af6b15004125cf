"""Where the database lies: in RAPPORT_HOME, else in the platform's data folder."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("named", "folder"), [("here", "here"), ("", "share/rapport")])
def test_the_data_folder_is_the_one_named_or_the_platforms(tmp_path, named, folder):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    environment |= {"XDG_DATA_HOME": str(tmp_path / "share"), "RAPPORT_HOME": named and str(tmp_path / named)}
    ask = "from rapport.config import settings as s; print(s.HOME, s.DATABASES['default']['NAME'], sep='\\n')"
    ran = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )
    home, database = ran.stdout.splitlines()
    assert home == str(tmp_path / folder)
    assert database.startswith(home)
