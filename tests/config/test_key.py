"""The secret key is made once, closed to others."""

import stat
from concurrent.futures import ThreadPoolExecutor

from rapport.config.key import key_kept_in


def test_the_key_stays_the_same(tmp_path):
    assert key_kept_in(tmp_path / "home", "secret-key") == key_kept_in(tmp_path / "home", "secret-key")


def test_only_its_owner_reads_it(tmp_path):
    key_kept_in(tmp_path, "secret-key")
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_it_is_long_enough_for_django_and_no_draft_stays_behind(tmp_path):
    key = key_kept_in(tmp_path, "secret-key")
    assert len(key) >= 50
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree(tmp_path):
    with ThreadPoolExecutor(16) as starting:
        assert len(set(starting.map(key_kept_in, [tmp_path] * 64, ["secret-key"] * 64))) == 1
