"""What the modeler's pickers ask over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.conftest import Visitor

PATH = "/studio/change_approval"


def test_the_context_has_what_pickers_offer(as_person: Callable[[str], Visitor]) -> None:
    answer: Any = as_person("hejing").get(f"{PATH}/context.json").json
    assert {"roles", "departments", "people", "handlers", "clauses", "calendar"} <= answer.keys()
    handler = answer["handlers"][0]
    assert handler["topic"] == "change_approval.update_baseline"
    assert {"name", "type", "required", "summary"} <= handler["inputs"][0].keys()
    assert handler["errors"][0]["code"] == "BASELINE_CONFLICT"
    assert {"number", "heading", "summary", "section", "chapter"} <= answer["clauses"][0].keys()


def test_candidates_answer_with_people_and_a_sentence(as_person: Callable[[str], Visitor]) -> None:
    answer: Any = as_person("hejing").json(f"{PATH}/candidates", {"rule": "leader", "value": "information"}).json
    assert answer["people"] == [{"account": "wangjianguo", "name": "王建国", "department": "信息中心"}]


@pytest.mark.parametrize("body", [{}, {"rule": 5, "value": [], "exclude": {}, "fallback": None, "sample": 7}])
def test_candidates_never_fail(as_person: Callable[[str], Visitor], body: dict[str, Any]) -> None:
    answer: Any = as_person("hejing").json(f"{PATH}/candidates", body)
    assert answer.status_code == 200
    assert answer.json["note"]


def test_staff_are_not_answered(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    assert visitor.get(f"{PATH}/context.json").status_code == 403
    assert visitor.json(f"{PATH}/candidates", {"rule": "anyone"}).status_code == 403
