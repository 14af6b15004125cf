"""What we say of a library's types is what the library has."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "typings"
STUBS = sorted(ROOT.rglob("*.pyi"))


def named(stub):
    parts = stub.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@pytest.mark.parametrize("stub", STUBS, ids=named)
def test_what_is_said_of_a_module_is_there_and_takes_what_it_is_said_to_take(stub):
    agree(importlib.import_module(named(stub)), ast.parse(stub.read_text()))


def agree(has, said):
    for node in said.body:
        if isinstance(node, ast.ClassDef):
            agree(getattr(has, node.name), node)
        elif isinstance(node, ast.FunctionDef):
            takes = inspect.signature(getattr(has, node.name)).parameters
            assert {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]} <= {*takes}
        elif isinstance(node, ast.AnnAssign):
            annotated = {name for kind in has.__mro__ for name in inspect.get_annotations(kind)}
            assert node.target.id in annotated
