"""`rapport debate`: one situation, every school."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from rapport.rules.etiquette import PAIRS, load_schools
from tests.doors.cli.conftest import NOW, ROOT

FACTS = ("--fact", "role=hiring_manager", "--fact", "decision=none", "--fact", "days_since_interview=1")


def opinions(document: Any, act: str, channel: str) -> dict[str, Any]:
    found = next(one for one in document["acts"] if (one["act"], one["channel"]) == (act, channel))
    return {opinion["school"]: opinion for opinion in found["schools"]}


def test_every_act_is_put_to_every_school(rapport: Any) -> None:
    ran = rapport("debate", *FACTS, "--now", NOW, "--json")
    assert ran.code == 0
    Draft202012Validator(json.loads((ROOT / "docs/debate.schema.json").read_text())).validate(ran.document)
    assert [(act["act"], act["channel"] or "") for act in ran.document["acts"]] == list(PAIRS)
    assert all(
        [said["school"] for said in act["schools"]] == list(load_schools()) for act in ran.document["acts"]
    )


def test_some_say_now_some_wait_and_some_never(rapport: Any) -> None:
    document = rapport("debate", *FACTS, "--now", NOW, "--json").document
    invite = opinions(document, "invite", "professional")
    assert invite["right-away"]["verdict"] == "do"
    assert (invite["after-a-no"]["verdict"], invite["after-a-no"]["until"]) == ("hold", "rejection")
    assert invite["no-obligation"]["verdict"] == "avoid"
    assert invite["never-social"]["verdict"] is None
    assert opinions(document, "invite", "social")["never-social"]["verdict"] == "never"


def test_the_page_reads_like_a_conversation(rapport: Any) -> None:
    ran = rapport("debate", *FACTS, "--now", NOW, "--act", "invite")
    assert "The next day: The day after keeps you in mind" in " ".join(ran.out.split())
    assert "No opinion: Never social" in ran.out
    assert "House rule" in ran.out


def test_an_interview_is_taken_for_granted_unless_stated_otherwise(rapport: Any) -> None:
    granted = rapport("debate", "--now", NOW, "--json").document
    stated = rapport("debate", "--fact", "met=interview", "--now", NOW, "--json").document
    assert granted == stated
    elsewhere = rapport("debate", "--fact", "met=colleague", "--now", NOW, "--json").document
    assert opinions(elsewhere, "invite", "professional")["considerate"]["verdict"] == "do"


def test_wrong_use_is_two(rapport: Any) -> None:
    assert rapport("debate", "--fact", "role=boss").code == 2
    assert rapport("debate", "--fact", "connections=-5").code == 2
    nonsense = rapport("debate", "--act", "invit")
    assert nonsense.code == 2
    assert "'invit' is no act. Did you mean 'invite'?" in nonsense.err
