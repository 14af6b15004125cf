"""Names across scripts: Latin letters to compare by, and how a word sounds whoever wrote it down."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from rapport.rules.sameness.indic import INDIC, spoken

EASTERN, UNVOWELLED, LETTERED = "eastern", "unvowelled", "lettered"
"""Scripts other than Latin: of East Asia, where the family name comes first and signs may be read otherwise; of
Hebrew and Arabic, where vowels are mostly unwritten; and the others."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff々]")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af々]")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "å": "a"})
_LETTER_NAMED = re.compile(r"(?:HANGUL SYLLABLE|[A-Z]+ LETTER(?: SMALL)?(?: SIGN)?) ([A-Z]+)")
_UNVOWELLED = re.compile(r"[\u0590-\u07ff\ufb1d-\ufdff\ufe70-\ufefc]")
_VOWEL_SIGN = re.compile(r"[A-Z]+ VOWEL SIGN ([A-Z]+)")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ae", "a"),
        (r"oe", "o"),
        (r"ee", "i"),
        (r"ue|ou|oo|(?<=[hjy])eo", "u"),
        (r"ph", "f"),
        (r"sch|sh|sz", "s"),
        (r"tsch|tch|cz", "ch"),
        (r"tz|ts", "s"),
        (r"ck|kh|gh|q", "k"),
        (r"c(?=[aoukrlt]|$)", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"off?$|ow$", "ov"),
        (r"[yj]", "i"),
        (r"e(?=i)|(?<=[ks])e(?=r$)", ""),
        (r"z", "s"),
        (r"(?<=[bdgkprtv])h", ""),
        (r"(.)\1+", r"\1"),
    )
)
_FIRST_VOWEL, _VOWELS = re.compile(r"^[eiou]"), re.compile(r"[aeiou]")


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str]]:
    read = tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8"))
    letters = dict(read["letters"])
    letters.update((sign, sound) for sound, signs in read["readings"].items() for sign in signs)
    return letters, read["families"]


def script_of(text: str) -> str:
    """Give the kind of script a text is in; empty for Latin, or when there is no letter."""
    if text.isascii():
        return ""
    if _EASTERN.search(text):
        return EASTERN
    if _UNVOWELLED.search(text):
        return UNVOWELLED
    return LETTERED if any(sign.isalpha() and not _is_latin(sign) for sign in text) else ""


def _is_latin(sign: str) -> bool:
    return sign.isascii() or "LATIN" in unicodedata.name(sign, "LATIN")


def parted(text: str) -> list[str]:
    """Part a name written in one piece in a script of East Asia: the family name, then the given one."""
    families = _table()[1]
    for length in (3, 2, 1):
        if text[:length] in families and len(text) > length:
            return [text[:length], text[length:]]
    return [text[:1], text[1:]] if 1 < len(text) <= 3 else [text]  # noqa: PLR2004  (one sign, then one or two)


@lru_cache(maxsize=65536)
def latin(text: str) -> str:
    """Give a text in small Latin letters without accents; a letter that cannot be read stays as it is."""
    if text.isascii():
        return text.lower()
    letters, families = _table()
    if text in families:
        return families[text]
    small = unicodedata.normalize("NFKC", text).lower().translate(_UMLAUTS)
    small = small.replace("ού", "ου").replace("ου", "ou").replace("ու", "u")
    if INDIC.search(small):
        return " ".join(map(spoken, small.split()))
    return "".join(_letter(sign, letters) for sign in small)


def _letter(sign: str, letters: dict[str, str]) -> str:
    if sign.isascii():
        return sign
    known = letters.get(sign)
    if known is not None:
        return known
    plain = "".join(piece for piece in unicodedata.normalize("NFD", sign) if not unicodedata.combining(piece))
    if plain and plain[0] != sign and not _EASTERN.match(sign):
        return "".join(_letter(piece, letters) for piece in plain)
    return _by_its_name(sign)


def _by_its_name(sign: str) -> str:
    if _HAN.match(sign):
        return sign
    named = unicodedata.name(sign, "")
    found = _LETTER_NAMED.match(named) or _VOWEL_SIGN.match(named)
    if found:
        return found[1].lower()
    return "" if unicodedata.combining(sign) or unicodedata.category(sign).startswith("M") else sign


def is_read(word: str) -> bool:
    """Say whether every letter of a word could be written in Latin ones: others cannot be compared."""
    return word.isascii()


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Give a word as it sounds, so that spellings of one name meet: Müller, Mueller; Sergei, Sergey, Sergej."""
    heard = word
    for pattern, letters in _SOUNDS:
        heard = pattern.sub(letters, heard)
    return heard or word


@lru_cache(maxsize=65536)
def bones(word: str) -> str:
    """Give the consonants of a word as it sounds, and that a vowel begins it; a word of one consonant as it sounds."""
    found = consonants(word)
    return found if len(found) > 1 else sound(word)


def consonants(word: str) -> str:
    """Give the consonants of a word as it sounds, and that a vowel begins it: vowels are unwritten in some scripts."""
    heard = sound(word)
    return _FIRST_VOWEL.sub("a", heard[:1]) + _VOWELS.sub("", heard[1:])
