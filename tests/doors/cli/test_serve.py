"""`rapport serve` on a laptop, as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from rapport.cli.main import main

ROOT = Path(__file__).parents[3]
RUN = "import sys; from rapport.cli.main import main; sys.exit(main())"
PATIENCE = 90  # seconds; the first start makes the tables


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The environment of a laptop whose Rapport has never run before this file's tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RAPPORT_", "DJANGO_"))}
    return kept | {
        "RAPPORT_HOME": str(tmp_path_factory.mktemp("laptop") / "home"),
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
        "PYTHONPATH": str(ROOT),
    }


def rapport(environment, *words, **more):
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", RUN, *words],
        env=environment | more,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def serving(environment, port, tmp_path_factory):
    """A running server and what it printed so far."""
    log = tmp_path_factory.mktemp("log") / "printed"
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-c", RUN, "serve", "--port", str(port), "--no-browser"],
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + PATIENCE
    while not answers(port) and time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    yield process, log
    process.kill()
    process.wait()


def answers(port):
    try:
        return ask(port, "/sign-in").status == 401
    except OSError:
        return False


def ask(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def path_of(link):
    return "/" + link.split("/", 3)[3]


def test_it_prints_a_link_that_signs_in_once(serving, port, environment):
    _, log = serving
    link = re.search(rf"http://127\.0\.0\.1:{port}/sign-in/\S+", log.read_text()).group()

    signed_in = ask(port, path_of(link))
    assert signed_in.status == 302
    cookies = "; ".join(cookie.split(";")[0].strip() for cookie in signed_in.headers.get_all("Set-Cookie"))
    assert ask(port, "/account/second-step/", Cookie=cookies).status == 200
    assert ask(port, "/account/second-step/").status == 302
    assert ask(port, path_of(link)).status == 403

    another = rapport(environment, "sign-in", "--port", str(port)).stdout.strip()
    assert ask(port, path_of(another)).status == 302

    home = Path(environment["RAPPORT_HOME"])
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600


def test_a_second_one_on_the_same_port_says_so_in_a_sentence(serving, port, capsys):
    assert main(["serve", "--port", str(port), "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Port {port} is in use")
    assert len(said.splitlines()) == 1


def test_a_host_name_of_somebody_else_is_refused_and_not_logged_at_length(serving, port):
    assert ask(port, "/sign-in", Host="rebound.example").status == 400
    assert "Traceback" not in serving[1].read_text()


def workers_of(home):
    """The processes that work for a folder, as Linux lists them."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words, known = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            except OSError:  # it has ended, or is not ours
                continue
            if b"worker" in words.split(b"\0") and f"RAPPORT_HOME={home}".encode() in known.split(b"\0"):
                found.append(int(folder.name))
    return found


def test_ctrl_c_stops_it_and_its_worker_cleanly(serving, environment):
    process, log = serving
    assert len(workers_of(environment["RAPPORT_HOME"])) == 1
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert workers_of(environment["RAPPORT_HOME"]) == []
    assert "Rapport has stopped." in log.read_text()
    assert "Traceback" not in log.read_text()


def test_a_folder_that_cannot_be_written_is_a_sentence(environment):
    refused = rapport(environment, "sign-in", RAPPORT_HOME="/proc/nowhere")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Cannot write in /proc/nowhere")


def test_a_database_that_cannot_be_reached_is_a_sentence_without_its_password(environment):
    address = "postgres://rapport:hush@127.0.0.1:1/rapport"
    refused = rapport(environment, "sign-in", RAPPORT_DATABASE_URL=address)
    assert refused.returncode == 1
    assert "127.0.0.1" in refused.stderr
    assert "hush" not in refused.stderr
    assert "Traceback" not in refused.stderr
