"""People, titles and roles as sentences state them: "You will meet Dana Lee, VP Engineering"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from rapport.importers.text.agendas import HOUR, TIMES, by_hour, hour_of, zone_of_hours
from rapport.importers.text.names import is_name, is_name_word, is_same, without_honorific
from rapport.importers.text.roles import role_held
from rapport.importers.text.words import labelled, listed, of_titles, pattern, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLE = r"(?:de|da|do|dos|das|di|del|della|der|den|van|von|vom|zu|la|le|du|des|bin|ibn|al|el|ter|ten|y)"
_NAME_WORD = rf"(?<![\w'’\-]){_CAPITAL}[\w'’\-]{{0,30}}(?![\w'’\-])(?:\.(?=\s))?"
NAME = rf"{_NAME_WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,3}}{_NAME_WORD}){{1,3}}"
_TITLE_END = r"(?=[.;!?\n()\[\]|•·]|$|\s[–—-]\s|\s+(?:at|on|from|who|and|und|et|y|e|for|to|will|about|via|über|um)\s|,)"
_NAME = re.compile(NAME)
_HONORIFIC = "|".join(map(re.escape, sorted(listed("names", "honorifics"), key=len, reverse=True)))
_HONORIFIC = f"(?i:{_HONORIFIC})"
# a full stop after "Dr" or an initial ends no sentence
_ABBREVIATED = "".join(
    rf"(?<!\b{re.escape(word)})" for word in sorted(listed("names", "honorifics")) if word.endswith(".")
)
_SENTENCE_ENDS = re.compile(rf"[\n;]|\.(?=\s|$)(?<!\b[A-Z]\.)(?i:{_ABBREVIATED})")
_AFTER = re.compile(
    rf"(?P<name>{NAME})(?:\s*\((?P<bracket>[^()\n]{{2,80}})\)|"
    rf"\s*(?:,|\s[–—|-]|:)\s*(?:our|the|unser[e]?|notre)?\s*(?P<title>[^\n,.;()|]{{2,60}}?){_TITLE_END})",
)
_BEFORE = re.compile(
    rf"(?:\b(?:our|your|the|unser\w*|unsere\w*|notre|nuestr[oa]|il nostro|with)\s+)"
    rf"(?P<title>(?:(?!\b(?:with|me|our|your|the)\b)[\w&/ \-]){{2,50}}?)"
    rf"(?<!\sand)(?<!\sund)(?<!\set)(?<!\sy)(?<!\se),?\s+(?P<name>{NAME})",
)
# between an interview and whom it is with may stand when it is: "Interview on Friday at 14:30 with Dana Lee"
_WHEN_WORDS = {
    *table()["weekdays"],
    *table()["months"],
    *listed("days", "joint"),
    *(
        "is",
        "will",
        "be",
        "takes",
        "place",
        "confirmed",
        "am",
        "pm",
        "a.m.",
        "p.m.",
        "ist",
        "findet",
        "statt",
    ),
}
_WHEN_WORD = "|".join(map(re.escape, sorted(_WHEN_WORDS, key=len, reverse=True)))
_WHEN = (
    rf"(?:[\s,–—-]{{1,4}}(?>\d[\w:.]{{0,9}}|\([^()\n]{{1,40}}\)|"
    rf"(?:{_WHEN_WORD}|(?-i:[A-Z]{{2,4}}))(?![\w'’]))){{1,16}}"
)
_INTRODUCES = (
    r"(?:the|your|our|some of|i (?:tuoi|suoi|vostri)|os seus|as suas|i|gli|il|la|le|lo|os|as|o|a|el|los|las|les|"
    r"l['’]|notre|nos|votre|vos|tus?|sus?|nuestr\w+|die|das|den|dem|ihr\w*|dein\w*|unser\w*|folgende\w*|"
    r"het|de|je|uw|onze?)"
)
_TRIGGER = re.compile(
    # What all below begins with, but for the commonest words: it is looked for at every word of every text.
    # "your interview with Acme Widgets will be with Dana Lee": whom it is with in the end
    rf"(?:\b(?=[acefghijlmorstv][acehimnoprtuv])(?!t[ho]|i[tf]|or|and)(?:(?:interview|meeting|call|conversation|screen|chat|session)\b[^.;:\n]{{0,60}}?"
    rf"\b(?:is|will be) with(?=\s+(?:our\s+|the\s+)?(?-i:{_CAPITAL}))|"
    rf"(?:interview|meeting|call|conversation|screen|chat|session|(?:vorstellungs)?gespräch|termin){_WHEN}\s+(?:with|mit)|"
    # "l'entretien sera mené par ...", "a entrevista será conduzida por ..."
    r"(?:interview|gespräch|entretien|entrevista|colloquio|gesprek)\b[^.;:\n]{0,40}?\b(?:"
    r"(?:conducted|led|held|run|done) by|(?:geführt|geleitet) von|(?:men|conduit|assur|dirig|anim)\w{0,2} par|"
    r"(?:conduzid|realizad|dirigid|conducid|feit|hech)[oa] (?:por|(?=pel[oa]))|"
    r"(?:condott|tenut|svolt)[oa] (?:da|(?=d[ae]ll?))|gevoerd door)|"
    r"(?:meet|meeting)(?: with)?|speak(?:ing)? (?:with|to)|talk(?:ing)? (?:with|to)|chat(?:ting)? with|"
    r"interview(?:ing)? with|interviewed by|call (?:with|from)|screen with|screening with|"
    r"conversation with|time with|session with|joined by|hosted by|"
    r"gespräch mit|interview mit|treffen|termin mit|sprechen mit|entretien avec|avec|"
    r"entrevista con|con|colloquio con|(?:entrevista|conversar|falar|conversa|reunião|reunir[áa]) com|met|"
    # "am Gespräch nehmen ... teil", "es erwarten Sie ...", "te entrevistarán ...", "vous rencontrerez ..."
    r"(?:gespräch|interview|termin|runde) (?:nehmen|nimmt|führen|führt|leiten|leitet)|"
    r"(?:erwarten|erwartet|empfangen|empfängt|interviewen|interviewt) (?:sie|dich)|"
    r"gesprächspartner(?:in|innen)? (?:sind|ist|wird|werden)(?: sein)?|interviewers? (?:are|is|will be)|"
    r"(?:te|le|lo|la) entrevistar[áa]n?|conocer[áa]s? a|rencontrer(?:ez|as)|(?:reçue?s?|accueillie?) par|"
    r"interlocut(?:eur|rice)s? (?:est|sont|sera|seront)|entrevistad[oa] por|"
    r"(?:incontrer|conoscer|vedr|sentir)(?:ai|à|ete)|intervistat[oa] da|ontmoet)\b|"
    rf"^[^\w\n]*(?:{_INTRODUCES}\s+)?(?:who|guests?|invitees|interviewer:?innen|entrevistador(?:es|as?)?|"
    r"intervistator[ei]|intervistatrici?e?|partecipanti|participantes|intervenante?s?|interlocut(?:eur|rice)s|"
    r"interlocutor[ei]s?|asistentes|invitados|convidados|gesprekspartners?|deelnemers|"
    r"gesprächspartner(?::?in|:?innen)?|teilnehmende|teilnehmer:?innen)\s*(?=:)|"
    r"^[^\w\n]*(?:(?:your|the) )?(?:interviewer\(?s?\)?|panel(?:ists?)?|participants?|attendees|interview panel|"
    r"you(?:'|’)?ll (?:be )?meet(?:ing)?(?: with)?|who you(?:'|’)?ll meet|"
    r"host|teilnehmer|with|mit))\s*:?\s*",
    re.IGNORECASE | re.MULTILINE,
)
_BULLET = re.compile(
    rf"^\s*(?:[-*•·–◦]\s*|\d{{1,2}}[.)]\s+)?(?P<times>(?:{TIMES})?)\s*[:|,–—-]?\s*(?P<rest>.*)$"
)
# a line of an agenda may tell first what it is about: "Coding with Dana Lee", "System Design - Dana Lee"
_WITH = re.compile(r"\s(?:with|mit|avec|con|com)\s+")
_TOPIC_ENDS = re.compile(rf"{_WITH.pattern}|\s*[|:(]\s*|\s[–—-]\s+")
_MOST_TOPICS = 3
_BULLET_MARK = re.compile(rf"^\s*(?:[-*•·–◦]\s*|\d{{1,2}}[.)]\s+|{HOUR})")
_JOINT = re.compile(r"\s*(?:,\s*(?:and|und|et|y|e)\s+|,|;|\s(?:and|und|et|y|e)\s|&|/|\+)\s*")
# "en" joins names in Dutch and begins a place in French and Spanish: only after a Dutch word
_DUTCH = re.compile(r"(?:met|ontmoet)\s*:?\s*$", re.IGNORECASE)
# "you'll meet the team: ..." names its members behind the colon
_INTRODUCTION = re.compile(rf"{_INTRODUCES}\s[^\n:.,;]{{1,40}}?:\s*", re.IGNORECASE)
# who comes stands before these: "Dana Lee will interview you"; what they begin with is looked at first, as above
_COMING = re.compile(
    r"\s(?=(?-i:w[ie]|führ|leit|vous|t[ei] |l[eoa] |mèn|cond|ass|terr|v[aã]|ir|zal|zul))"
    r"(?:will be (?:interview|meet|call)ing you|"
    r"will (?:interview|meet|call|speak (?:with|to)|talk to) you|"
    r"will be (?:speaking|talking|chatting) (?:with|to) you|will (?:conduct|lead|run) (?:the|your) interview|"
    r"(?:wird|werden) (?:das|ihr|dein|dieses) (?:\w+)?(?:gespräch|interview) (?:mit (?:ihnen|dir) )?(?:führen|leiten)|"
    r"(?:führt|führen|leitet|leiten) (?:das|ihr|dein) (?:\w+)?(?:gespräch|interview)|"
    r"(?:wird|werden) (?:sie|dich) (?:interviewen|kennenlernen|anrufen|empfangen)|"
    r"(?:vous|te) (?:recevr|appeller|rencontrer)(?:a|ont)|(?:mèner|conduir|assurer)(?:a|ont) l['’]entretien|"
    r"(?:te|le|lo|la) (?:entrevistar|llamar|recibir)án?|(?:te|ti|la) (?:intervister|incontrer)(?:à|anno)|"
    r"(?:condurr|terr)(?:à|anno) il colloquio|(?:vai|vão|irá|irão) entrevistar|(?:zal|zullen) het gesprek voeren)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"(?:(?P<article>our|the|your|la|le|el|il|o|a|de|den|dem|die|pel[oa]|d[ae]ll?a?|unser\w*|notre|nuestr[oa])\s+|l['’])?"
    rf"(?:(?:{_HONORIFIC})\s+){{0,3}}(?P<name>{NAME})",
)
_ENDS_IN_NAME = re.compile(rf"(?<![\w'’-])(?:{_LISTED.pattern})$")
_AUXILIARY = re.compile(r"\s+(?:is|are|will(?: be)?|has)\s*$")
_TEAM = re.compile(
    r"(?:['’]s?)?(?:\s+(?!(?:from|of|in|on|for|at|to|with|who|the|our|your|his|her|their|von|vom|aus|der|de|du)\b)\w[\w&-]*){0,2}"
    r"\s+team\b(?!\s*-?\s*(?:lead|manager|member|leiter))",
    re.IGNORECASE,
)
# what a sentence puts before a title: "she is our Chief Product Officer"
_ARTICLE = re.compile(
    r"^(?:(?:(?:who|she|he|they|sie|er|die|der|elle|il|qui|ella|él|que|lei|lui|che|ela|ele|zij|hij)\s+"
    r"(?:is|are|will be|ist|sind|wird|est|es|è|é)|who['’]s|she['’]s|he['’]s|as|als|como|come|en tant que)\s+)?"
    r"(?:(?:our|your|the|an?|unser\w*|eine?|notre|un[ea]?|nuestr[oa]|il|la|l['’]|nostr[oa]|noss[oa]|onze?)\s+)?",
    re.IGNORECASE,
)
_OF = (
    r",?\s+(?:from|of|in|aus|von|vom|der|de|del|des|du|da|do|dei)\s+"
    r"(?:(?:our|the|der|dem|unserer?|la|el|service)\s+){0,2}"
)
# who will not come: "Instead of Sam Ortiz (Staff Engineer), you will meet ..."
_INSTEAD = (
    "instead of", "in place of", "anstelle von", "an stelle von", "anstatt", "statt",
    "au lieu de", "à la place de", "en lugar de", "en vez de", "al posto di", "invece di", "em vez de",
    "no lugar de", "in plaats van",
)  # fmt: skip
_REPLACES = (
    "replaces", "replacing", "replace", "remplacera", "remplace", "ersetzt", "vertritt", "sustituirá a", "sustituye a",
    "reemplazará a", "sostituirà", "sostituisce", "substituirá", "substitui", "vervangt",
)  # fmt: skip
_REPLACED = re.compile(
    rf"\b(?i:(?P<replaces>{'|'.join(_REPLACES)})|{'|'.join(_INSTEAD)})"
    rf"[ \u00a0]+(?:{_HONORIFIC}\s+){{0,3}}{NAME}(?:\s*\([^()\n]{{0,80}}\))?",
)
# who will come in their place: "Statt Jens Vogel wird Petra Schneider dabei sein"
_COMES = re.compile(
    r"\s*,?\s+(?:(?:wird|werden|kommt|kommen|ci sar(?:à|anno)|estar[áa]n?|vendr[áa]n?|estarão|virá|"
    r"(?:sera|seront) présente?s?|c['’]est|komt|komen|zal|zullen)\s+)|\s*,\s+",
    re.IGNORECASE,
)
_MOST_TITLE_WORDS = 8
TEXT_LIMIT = 20_000  # characters of one text that are searched for people
_MOST_PEOPLE = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text, with what the text says they are, and the hours at which an agenda has them.

    An hour is aware where the text says in which zone it counts.
    """

    name: str
    title: str | None = None
    role: str | None = None
    hours: tuple[time, ...] = ()


def is_title(text: str) -> bool:
    """Say whether a text reads like a job title: a few words, one of which titles are made of."""
    words = text.split()
    if not 0 < len(words) <= _MOST_TITLE_WORDS or "@" in text or "://" in text:
        return False
    return of_titles().search(text) is not None


def role_of(title: str | None) -> str | None:
    """Give the value of the fact `role` that a job title stands for, or None when it cannot be told."""
    return role_held(title) if title else None


def mentions(text: str, me: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """Give the people a text says one will meet, each once, without the reader themself (`me`: their names)."""
    text = text[:TEXT_LIMIT]
    if not text:
        return ()
    lower = text.lower()
    coming = list[Mention]()
    if any(words in lower for words in (*_INSTEAD, *_REPLACES)):
        coming = _replacing(text)  # told of in the words that are left out now
        text = _REPLACED.sub(" ", text)
    found: dict[str, Mention] = {}
    said = (found for at, block in by_hour(text) for found in _met_at(block, at))
    for mention in (*said, *coming):
        name = without_honorific(mention.name)
        if any(is_same(name, mine) for mine in me):
            continue
        known = next((other for other in found if is_same(other, name)), None)
        if known is None and len(found) < _MOST_PEOPLE:
            found[name] = replace(mention, name=name)
        elif known is not None:
            found[known] = _together(found[known], mention)
    if not any(mention.hours for mention in found.values()):
        return tuple(found.values())
    zone = zone_of_hours(text)
    return tuple(replace(mention, hours=_in_zone(mention.hours, zone)) for mention in found.values())


def _met_at(block: str, at: time | None) -> list[Mention]:
    said = (*_agenda(block), *_titled(block), *_of_departments(block), *_announced(block))
    return [replace(mention, hours=mention.hours or (at,)) for mention in said] if at else list(said)


def _in_zone(hours: tuple[time, ...], zone: tzinfo | None) -> tuple[time, ...]:
    return tuple(hour if hour.tzinfo else hour.replace(tzinfo=zone) for hour in hours)


def _together(one: Mention, other: Mention) -> Mention:
    hours = tuple(dict.fromkeys((*one.hours, *other.hours)))
    return Mention(one.name, one.title or other.title, one.role or other.role, hours)


def _made(name: str, title: str | None, *, role: str | None = None, at: time | None = None) -> Mention | None:
    name = " ".join(name.split()).strip(" ,.-")
    if not is_name(name) or _is_nobody(name):
        return None
    if title is not None:
        title = _ARTICLE.sub("", " ".join(title.split()).strip(" ,.;:-–—|"))
        title = title if is_title(title) and not is_name(title) else None
    return Mention(without_honorific(name), title, role or role_of(title), (at,) if at else ())


def _is_nobody(name: str) -> bool:
    """Say whether words with capitals are a topic, a department, or somebody's: "Dana Lee's"."""
    is_department = any(entry.pattern.fullmatch(name) for entry in labelled("department", "is"))
    is_topic = pattern("interview", "topics").search(name) is not None
    return is_department or is_topic or name.endswith(("'s", "’s"))


@lru_cache(maxsize=1024)  # the same few people come again and again
def _trimmed(name: str) -> str:
    """Drop words at either end that no name has: "Meet Dana Lee" is Dana Lee; "Room Ada Lovelace" is nobody."""
    if announced := _TRIGGER.match(name):  # "Incontrerai Giulia Rossi": a sentence begins with a capital, too
        name = name[announced.end() :]
    # several words of a title are one: "Scrum Master"
    words = of_titles().sub(lambda title: title[0].replace(" ", "-"), name).split()
    before, after = list[str](), list[str]()
    while words and not (is_name_word(words[0]) or words[0].lower() in listed("names", "honorifics")):
        before.append(words.pop(0))
    while words and not is_name_word(words[-1]):
        after.insert(0, words.pop())
    if any(_is_of_no_person(dropped[-1]) for dropped in (before, after) if dropped):
        return ""
    return " ".join(words)


def _is_of_no_person(word: str) -> bool:
    return word.lower() in listed("names", "groups") or word.lower() in listed("names", "organisation")


def _titled(text: str) -> list[Mention]:
    """Read names with a title after them or before them: "Dana Lee, VP Engineering", "our CTO, Rui Costa"."""
    found = []
    for match in _each(_AFTER, text):
        title = match["bracket"] or match["title"]
        if not is_title(title):
            continue
        sentence = re.split(r"[.;\n]", text[match.end() : match.end() + 40])[0]
        manager = re.match(
            r"\s*(?:,|and|&|\()?\s*(?:and\s+)?(?:the\s+|your\s+|our\s+)?hiring manager",
            sentence,
            re.IGNORECASE,
        )
        mention = _made(_trimmed(match["name"]), title, role="hiring_manager" if manager else None)
        if mention:
            found.append(mention)
    found += [
        mention
        for match in _BEFORE.finditer(text)
        if is_title(match["title"])
        and (mention := _made(name := _trimmed(match["name"]), _title_before(match, name)))
    ]
    return found


def _title_before(match: re.Match[str], name: str) -> str:
    """Give the whole title before a name: in "our Staff Engineer Sam Ortiz" the match of the name begins too early."""
    return f"{match['title']} {match['name'].partition(name)[0]}" if name else ""


def _each(expression: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Give every match, also one that begins in what follows the name: "System Design - Dana Lee, VP Engineering"."""
    match = expression.search(text)
    while match:
        yield match
        match = expression.search(text, match.end("name"))


@cache
def _departments() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """Give the words for each department, and how its people are named: "with Tom from HR", "and Tom Chu from HR"."""
    lone = rf"\b(?:with|mit|avec|con|com|meet|and|und|et|y|e)\s+(?P<lone>{_NAME_WORD})"
    return tuple(
        (
            entry.pattern,
            re.compile(rf"(?:(?P<name>{NAME})|{lone}){_OF}(?i:{entry.pattern.pattern})"),
            entry.label,
        )
        for entry in labelled("department", "is")
    )


def _of_departments(text: str) -> list[Mention]:
    """Read the role of people whose department is told rather than their title: "Tom Chu from HR"."""
    found = []
    for department, expression, role in _departments():
        # most texts name no department, which is seen sooner than that no name stands before one
        for match in expression.finditer(text) if department.search(text) else ():
            name = _trimmed(match["name"] or match["lone"])
            if name and all(is_name_word(word) for word in name.split()):
                found.append(Mention(without_honorific(name), None, role))
    return found


def _announced(text: str) -> list[Mention]:
    """Read lists of names after "you will meet", "Interviewers:" and kin."""
    found = []
    for trigger in _TRIGGER.finditer(text):
        said = _sentence_from(text, trigger.end())
        if introduction := _INTRODUCTION.match(said):
            said = said[introduction.end() :]
        if _DUTCH.search(trigger[0]):
            said = re.sub(r"\sen\s", " & ", said)
        found += _list_in(said)
    for coming in _COMING.finditer(text):
        found += _list_before(text, coming.start())
    return found


def _replacing(text: str) -> list[Mention]:
    """Read who comes in somebody's place, told before the words for it or behind the one who does not come."""
    found = []
    for replaced in _REPLACED.finditer(text):
        if replaced["replaces"]:
            found += _list_before(text, replaced.start())
        elif comes := _COMES.match(text, replaced.end()):
            found += _list_in(_sentence_from(text, comes.end()))
    return found


def _sentence_from(text: str, at: int) -> str:
    return _SENTENCE_ENDS.split(text[at : at + 400], maxsplit=1)[0]


def _list_before(text: str, at: int) -> list[Mention]:
    """Read the names that end where something is said of them; what the sentence says before is passed."""
    sentence = _SENTENCE_ENDS.split(text[max(0, at - 200) : at])[-1]
    parts, _ = _parted(re.sub(r"\([^()]*\)", " ", _AUXILIARY.sub("", sentence)))
    found = []
    for part in reversed(parts):
        match = _ENDS_IN_NAME.search(part.rstrip())
        name = _trimmed(match["name"]) if match else ""
        mention = _made(name, None) if match and not _is_the(match, name) else None
        if mention:
            found.append(mention)
        elif part.strip() and not is_title(part):
            break
    return found[::-1]


def _list_in(text: str, *, is_begun: bool = False) -> list[Mention]:
    """Read names joined by commas and "and", or what follows the first; brackets and titles between them are passed."""
    found = []
    parts, joints = _parted(re.sub(r"\([^()]*\)", " ", text))
    is_title_next = is_begun
    for part, joint in list(zip(parts, joints, strict=True))[is_begun:]:
        match = _LISTED.match(part.strip())
        if match and is_title_next and joint == "," and _is_beside_a_name(part):
            continue
        name = _trimmed(match["name"]) if match else ""
        if match and _names_a_group(match, name):
            continue
        mention = _made(name, None)
        if mention:
            found.append(mention)
            is_title_next = not is_title(part)  # not where titles stand before the names
        elif not is_title(part):
            break
    return found


def _parted(text: str) -> tuple[list[str], list[str]]:
    """Part a list of names; give with each part what joins it to the one before."""
    joints = list(_JOINT.finditer(text))
    ends = [*(joint.start() for joint in joints), len(text)]
    begins = [0, *(joint.end() for joint in joints)]
    parts = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return parts, ["", *(joint[0].strip() for joint in joints)]


def _is_beside_a_name(part: str) -> bool:
    """Say whether what follows a name after a comma tells of that person, as a title or a department does."""
    words = [
        word
        for word in part.split()
        if word[0].isupper() and word.lower() not in listed("names", "honorifics")
    ]
    return is_title(part) or not all(map(is_name_word, words))


def _is_the(match: re.Match[str], name: str) -> bool:
    """Say whether "the" stands right before what could be a name: "the Acme Widgets"."""
    said = " ".join(filter(None, (match["article"], match["name"])))
    return said.lower().startswith(f"the {name.lower()}")


def _names_a_group(match: re.Match[str], name: str) -> bool:
    """Say whether a name is no person's: "the Acme Widgets", "Acme Widgets recruiting team"."""
    return _is_the(match, name) or _TEAM.match(match.string, match.end()) is not None


def _agenda(text: str) -> list[Mention]:
    """Read bullet lists and agendas: "- 10:00–10:45 Dana Lee (VP Engineering)"."""
    found = []
    under_header = False
    for line in text.splitlines():
        if not line.strip():
            continue
        is_header = line.rstrip().endswith(":") and _TRIGGER.search(line) is not None
        is_item = _BULLET_MARK.match(line) is not None
        if (under_header or is_item) and (said := _item(line[:300])):
            found += said
            continue
        under_header = is_header or (under_header and is_item)
    return found


def _item(line: str) -> list[Mention]:
    """Read whom one line of a list names; with an hour, it may tell first what that hour is about."""
    match = _BULLET.match(line)
    if match is None:
        return []
    rest, at = match["rest"], hour_of(match["times"]) if match["times"] else None
    topics = (_TOPIC_ENDS if match["times"] else _WITH).finditer(rest)
    for begins in (0, *(topic.end() for topic in islice(topics, _MOST_TOPICS))):
        name = _NAME.match(rest, begins)
        mention = _made(_trimmed(name[0]), _title_beside(rest[name.end() :]), at=at) if name else None
        if name and mention:
            others = _list_in(rest[name.end() :], is_begun=True)
            return [mention, *(replace(one, hours=mention.hours) for one in others)]
    return []


def _title_beside(rest: str) -> str | None:
    bracket = re.match(r"\s*\(([^()]{2,80})\)", rest)
    if bracket:
        return bracket[1]
    rest = re.sub(r"^\s*[,:|–—-]+\s*", "", rest)
    title = re.split(r"\s[–—|-]\s|[|;.()]|https?://|\s\d", rest)[0]
    return title if title.strip() else None
