"""What the modeler's pickers ask over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.conftest import Visitor

PATH = "/studio/change_approval"


def test_the_context_has_what_pickers_offer(as_person: Callable[[str], Visitor]) -> None:
    answer: Any = as_person("hejing").get(f"{PATH}/context.json").json
    assert {"roles", "departments", "people", "handlers", "clauses", "procedures", "calendar"} <= answer.keys()
    handler = next(one for one in answer["handlers"] if one["topic"] == "change_approval.update_baseline")
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


def variables(visitor: Visitor, **body: Any) -> Any:
    visitor.get(f"{PATH}/design.json")
    answer = visitor.json(f"{PATH}/variables", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json["by_element"]  # type: ignore[index]  # just asserted to be JSON


def test_variables_of_all_elements(as_person: Callable[[str], Visitor]) -> None:
    found = {one["name"]: one for one in variables(as_person("hejing"))["necessity_approved"]}
    assert found["cost_change"] | {"from": ""} == {
        "name": "cost_change",
        "label": "费用影响",
        "type": "number",
        "detail": "数字（万元）",
        "from": "",
    }
    assert found["necessity"]["choices"][0] == {"value": "approve", "label": "通过"}
    assert found["review"]["maybe"]


def test_variables_of_one_element_with_a_form_that_is_not_saved_yet(as_person: Callable[[str], Visitor]) -> None:
    form = '{"components": [{"type": "textfield", "key": "fresh", "label": "新字段"}]}'
    overlay = [{"kind": "form", "name": "application", "content": form}]
    found = variables(as_person("hejing"), overlay=overlay, elements=["review_necessity", 5])
    assert found.keys() == {"review_necessity"}
    assert "fresh" in {one["name"] for one in found["review_necessity"]}


def test_variables_of_a_torn_diagram_are_none(as_person: Callable[[str], Visitor]) -> None:
    overlay = [{"kind": "diagram", "name": "change_approval", "content": "<torn"}]
    assert variables(as_person("hejing"), overlay=overlay) == {}


def test_staff_are_not_answered(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    assert visitor.get(f"{PATH}/context.json").status_code == 403
    assert visitor.json(f"{PATH}/candidates", {"rule": "anyone"}).status_code == 403
    assert visitor.json(f"{PATH}/variables", {}).status_code == 403
