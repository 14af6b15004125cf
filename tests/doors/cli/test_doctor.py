"""`rapport doctor` finds what is amiss and says what to do."""

from __future__ import annotations

from argparse import Namespace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from rapport.cli import doctor, serve
from rapport.config.key import key_kept_in


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir(mode=0o700)
    return settings.HOME


def examined(capsys):
    """Give the exit code and the lines by the name of their check."""
    code = doctor.run(Namespace())
    lines = capsys.readouterr().out.splitlines()
    return code, {line[5:].split(":")[0]: line for line in lines}


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_all_is_well(capsys):
    code, lines = examined(capsys)
    assert code == 0
    assert list(lines) == list(doctor.CHECKS)
    assert all(line.startswith("ok ") for line in lines.values())


@pytest.mark.django_db
def test_a_key_that_others_may_read_is_to_be_mended(capsys, home):
    key_kept_in(home, "secret-key")
    (home / "secret-key").chmod(0o644)
    code, lines = examined(capsys)
    assert code == 1
    assert lines["Secret key"].startswith("MEND")
    assert "chmod 600" in lines["Secret key"]


@pytest.mark.django_db
def test_a_folder_that_others_may_look_into_is_to_be_mended(capsys, home):
    home.chmod(0o755)
    code, lines = examined(capsys)
    assert code == 1
    assert "chmod 700" in lines["Folder"]


@pytest.mark.django_db
@pytest.mark.usefixtures("home", "server")
def test_weak_settings_of_a_server_are_to_be_mended(capsys, settings):
    settings.SECURE_SSL_REDIRECT = False
    code, lines = examined(capsys)
    assert code == 1
    assert "security.W008" in lines["Settings"]


@pytest.mark.django_db
@pytest.mark.usefixtures("home", "server")
def test_a_server_that_answers_to_any_name_is_to_be_mended(capsys, settings):
    settings.HOSTS = ["*"]
    code, lines = examined(capsys)
    assert code == 1
    assert lines["Settings"].startswith("MEND")
    assert "RAPPORT_HOSTS=rapport.example" in lines["Settings"]
    with pytest.raises(SystemCheckError, match=r"RAPPORT_HOSTS holds \*"):
        call_command("check")
    assert serve.serve(port=0, browser=False) == 2
    assert "RAPPORT_HOSTS holds *" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_tables_of_an_older_version_are_to_be_mended(capsys):
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("journal")
    MigrationRecorder(connection).record_unapplied(*newest)  # rolled back after the test
    code, lines = examined(capsys)
    assert code == 1
    assert lines["Database"].startswith("MEND Database")


@pytest.fixture
def mailing(home, server, settings, smtp_server):
    smtp_server.users["rapport"] = "secret"
    settings.MAIL_URL = f"smtp://rapport:secret@{smtp_server.hostname}:{smtp_server.port}"
    settings.MAIL_FROM = "Rapport <rapport@rapport.example>"
    return smtp_server


@pytest.mark.django_db
def test_the_servers_own_mail_account_is_signed_in_to(capsys, mailing):
    _, lines = examined(capsys)
    assert lines["Mail"] == f"ok   Mail: leaves by {mailing.hostname}, from Rapport <rapport@rapport.example>"


@pytest.mark.django_db
def test_a_wrong_password_a_wrong_address_and_a_wrong_url_are_to_be_mended(capsys, mailing, settings):
    mailing.users["rapport"] = "another"
    assert "does not let rapport sign in" in examined(capsys)[1]["Mail"]
    settings.MAIL_FROM = "nobody"
    assert "RAPPORT_MAIL_FROM is no address" in examined(capsys)[1]["Mail"]
    settings.MAIL_URL = "imap://rapport:hunter2@mail.example"
    line = examined(capsys)[1]["Mail"]
    assert "names no mail server" in line
    assert "hunter2" not in line


@pytest.mark.django_db
@pytest.mark.usefixtures("home", "server")
def test_a_server_without_mail_is_well(capsys):
    assert examined(capsys)[1]["Mail"].startswith("ok   Mail: this server sends none")
