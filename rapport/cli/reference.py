"""The reference of the command line, written from the parsers themselves: `python -m rapport.cli.reference`.

`--check` compares instead of writing, and names the file that lags.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Mapping
from pathlib import Path

import django

from rapport.cli.main import COMMANDS, parser_of
from rapport.rules.etiquette.reference import norms_reference

DOCS = Path(__file__).parents[2] / "docs"
_WIDTH = 100

_HEAD = """# The command line

Written from the code by `make references`; a test fails when it lags.

`rapport COMMAND --help` says the same. Every command ends with 0 when all is done, 1 when some input could not be
read or done (the rest is), and 2 for wrong use. `RAPPORT_HOME` names the folder that holds the database (by default the
platform's folder for data). Files are told apart by their content, and several together are one batch. The JSON of
`rapport plan`, `import`, `people`, `changes`, `duplicates` and `debate` keeps to [plan.schema.json](plan.schema.json),
[import.schema.json](import.schema.json), [people.schema.json](people.schema.json),
[changes.schema.json](changes.schema.json), [duplicates.schema.json](duplicates.schema.json) and
[debate.schema.json](debate.schema.json).
"""


def command_reference() -> str:
    """Give the Markdown of docs/cli.md; Django must be set up."""
    return "\n".join([_HEAD, *(_section(name) for name in COMMANDS)])


def references() -> Mapping[str, str]:
    """Give every generated document by its file's name."""
    return {"cli.md": command_reference(), "norms.md": norms_reference()}


def _section(name: str) -> str:
    parser = parser_of(name)
    return f"## rapport {name}\n\n```\n{_help_of(parser)}```\n"


def _help_of(parser: ArgumentParser) -> str:
    """The help at a fixed width, whatever the terminal."""
    parser.formatter_class = lambda prog: HelpFormatter(prog, width=_WIDTH)
    return parser.format_help()


def main(line: list[str]) -> int:
    """Write the references, or check them. Gives 0, or 1 when one lags."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")
    django.setup()
    lagging = 0
    for name, text in references().items():
        file = DOCS / name
        if line == ["--check"]:
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                sys.stderr.write(f"docs/{name} lags behind the code. Run: make references\n")
                lagging = 1
        else:
            file.write_text(text, encoding="utf-8")
    return lagging


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
