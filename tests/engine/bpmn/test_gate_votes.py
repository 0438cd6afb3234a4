"""What keeps a vote from being counted is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import parse
from tests.engine.bpmn.build import element, extension, multi, ours, text
from tests.engine.bpmn.refused import assert_refused, task
from tests.engine.bpmn.test_votes import BUTTONS, voted


def without(loop: Any = None, actions: dict[str, str] | None = None, buttons: Any = BUTTONS, times: int = 1) -> bytes:
    """A vote that lacks something, or has too much."""
    items = [ours("action", value=value, label=value, kind=kind) for value, kind in buttons]
    votes = [ours("vote", rule="all", result="review") for _time in range(times)]
    box = extension(ours("actions", *items, **({"variable": "vote"} if actions is None else actions)), *votes)
    return task(box, *([loop] if loop is not None else []))


COUNTED = element("multiInstanceLoopCharacteristics", None, text("loopCardinality", "3"))

CASES: list[tuple[str, str, bytes]] = [
    ("bad_vote", "a", voted("most")),
    ("bad_vote", "a", voted("all", "3")),
    ("bad_vote", "a", voted("at_least")),
    ("bad_vote", "a", voted("at_least", "")),
    ("bad_vote", "a", voted("at_least", "0")),
    ("bad_vote", "a", voted("at_least", "-1")),
    ("bad_vote", "a", voted("at_least", "2.5")),
    ("bad_vote", "a", voted("at_least", "9" * 5000)),
    ("bad_vote", "a", voted("percent_of_all", "0")),
    ("bad_vote", "a", voted("percent_of_all", "101")),
    ("bad_vote", "a", voted("percent_of_voting", "2/3")),
    ("bad_vote", "a", voted("percent_of_voting", "a third")),
    ("bad_expression", "a", voted("at_least", "= 3 +")),
    ("bad_expression", "a", voted("all", veto="= [")),
    ("bad_vote", "a", voted("all", veto="甲")),
    ("bad_vote", "a", voted("all", until="nrOfCompletedInstances = 1")),
    ("bad_vote", "a", voted("all", buttons=[("no", "oppose")])),
    ("bad_vote", "a", voted("all", buttons=[*BUTTONS, ("ok", "approve")])),
    ("bad_vote", "a", without()),
    ("bad_vote", "a", without(multi(), actions={})),
    ("repeated_extension", "a", without(multi(), times=2)),
    ("no_result", "a", voted("all").replace(b' result="review"', b"")),
    ("bad_variable", "a", voted("all").replace(b'result="review"', b'result="the review"')),
    ("reserved_variable", "a", voted("all").replace(b'result="review"', b'result="case"')),
    ("unknown_attribute", "a", voted("all").replace(b'result="review"', b'result="review" quorum="3"')),
]


@pytest.mark.parametrize(("code", "element_id", "file"), CASES)
def test_refused(code: str, element_id: str, file: bytes) -> None:
    assert_refused(code, element_id, file)


def test_a_veto_needs_people_who_are_told_apart() -> None:
    file = without(COUNTED).replace(b'result="review"', b'result="review" veto="= [1]"')
    assert_refused("bad_vote", "a", file)


def test_a_vote_by_number_and_a_button_to_give_back_are_fine() -> None:
    assert parse(without(COUNTED, buttons=[*BUTTONS, ("back", "return")])).nodes["a"].vote is not None
