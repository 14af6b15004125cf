"""Imports and foreign keys go down the floors only."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps import apps
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]


def floors() -> dict[str, int]:
    """Give each room's height as pyproject.toml states it; neighbours share one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")
    }


def climbs() -> list[str]:
    """Name each relation from a room to one that is not below it."""
    height = floors()
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("rapport."):
            continue
        room = model._meta.app_label
        for relation in model._meta.get_fields():
            target = relation.related_model
            if (
                not relation.concrete
                or not isinstance(target, type)
                or not target.__module__.startswith("rapport.")
            ):
                continue
            goal = target._meta.app_label
            if goal != room and height[goal] >= height[room]:
                found.append(f"{model.__name__}.{relation.name} climbs from {room} to {goal}")
    return found


def test_the_contracts_of_import_linter_hold():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_foreign_key_climbs_a_floor_even_when_it_is_written_as_a_string():
    assert climbs() == []


def test_the_walk_over_foreign_keys_sees_the_relations_there_are():
    relations = {
        (model._meta.app_label, relation.related_model._meta.app_label)
        for model in apps.get_models()
        for relation in model._meta.get_fields()
        if relation.concrete and isinstance(relation.related_model, type)
    }
    assert ("people", "accounts") in relations
