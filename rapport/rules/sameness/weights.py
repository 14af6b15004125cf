"""The weights of evidence, read from `weights.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """`fixed`: bits of an outcome; `rare`: bits of one before the share of the book (times something) counts."""

    fixed: dict[str, float]
    rare: dict[str, float]
    bulk: float
    usual: dict[str, float]
    together: float
    trust: float
    smallest_book: int
    same: float
    maybe: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Read the weights; an outcome is named "given same"."""
    read = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
    rarity, verdict = read.pop("rarity"), read.pop("verdict")
    fixed: dict[str, float] = {}
    rare: dict[str, float] = {}
    for trait, outcomes in read.items():
        for outcome, odds in outcomes.items():
            name = f"{trait} {outcome}"
            if "u" in odds:
                fixed[name] = log2(odds["m"] / odds["u"])
            else:
                rare[name] = log2(odds["m"] / odds["u_times"])
    usual = {trait: rarity[trait] for trait in ("given", "family", "employer")}
    return Weights(fixed, rare, rarity["bulk"], usual, rarity["together"], rarity["trust"], **verdict)
