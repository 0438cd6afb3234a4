"""试运行 over HTTP: the page, a run, keeping it, all scenarios; bad input gets a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.tryout.trial import do, start
from tests.ui.conftest import Visitor

PATH = "/studio/change_approval"
RUN = {"start": start(), "steps": [do("review_necessity", "hejing", "approve")]}


@pytest.fixture
def owner(as_person: Callable[[str], Visitor]) -> Visitor:
    """何静, with the draft open."""
    visitor = as_person("hejing")
    visitor.get(f"{PATH}/design.json")
    return visitor


def test_the_page_says_what_a_phone_is_good_for(owner: Visitor) -> None:
    page = owner.text(f"{PATH}/tryout")
    assert "data-tryout" in page
    assert "手机上只看这次试运行走到了哪里" in page


def test_a_run_is_played(owner: Visitor) -> None:
    answer: Any = owner.json(f"{PATH}/tryout", {"run": RUN}).json
    assert [item["name"] for item in answer["items"]] == ["部门负责人审批"]
    assert answer["steps"][1]["head"]["text"] == "何静（平台管理部）办理“必要性审查”：通过"
    opening: Any = owner.json(f"{PATH}/tryout", {"run": None}).json
    assert opening["state"] == "new"


def test_a_run_is_kept_and_its_scenario_seen(owner: Visitor) -> None:
    kept: Any = owner.json(f"{PATH}/tryout/keep", {"run": RUN, "title": "一般变更"}).json
    saved = owner.client.put(
        f"{PATH}/parts/scenario/{kept['name']}",
        json={"content": kept["content"], "revision": None},
        headers={"X-CSRF-Token": owner.token, "Accept": "application/json"},
    )
    assert saved.status_code == 200
    answer: Any = owner.json(f"{PATH}/scenarios", {}).json
    mine = next(one for one in answer["scenarios"] if one["name"] == kept["name"])
    assert mine == {"name": "一般变更", "title": "一般变更", "steps": 1, "ok": True, "departure": None}
    assert answer["passed"] == answer["total"]


@pytest.mark.parametrize("path", ["tryout", "tryout/keep"])
@pytest.mark.parametrize(
    "run", [5, [], {"start": 1}, {"start": {"at": "x"}}, {"start": start(), "steps": [{"do": "x"}]}]
)
def test_what_is_no_run_gets_a_sentence(owner: Visitor, path: str, run: Any) -> None:
    answer: Any = owner.json(f"{PATH}/{path}", {"run": run, "title": "x"})
    assert answer.status_code == 422
    assert answer.json["message"]


def test_a_diagram_that_cannot_run_gets_a_sentence(owner: Visitor) -> None:
    overlay = [{"kind": "diagram", "name": "change_approval", "content": "<nonsense"}]
    answer: Any = owner.json(f"{PATH}/tryout", {"run": None, "overlay": overlay})
    assert answer.status_code == 422
    assert answer.json["message"].startswith("流程图还有 1 处问题，改好后才能试运行")


def test_values_nested_by_the_thousand_get_a_sentence(owner: Visitor) -> None:
    deep: Any = "x"
    for _level in range(300):
        deep = [deep]
    run = {"start": start(reason=deep), "steps": []}
    answer: Any = owner.json(f"{PATH}/tryout", {"run": run})
    assert answer.status_code == 200
    assert answer.json["error"]["step"] == 0


def test_only_owners_try_drafts(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    assert visitor.get(f"{PATH}/tryout").status_code == 403
    assert visitor.json(f"{PATH}/tryout", {"run": None}).status_code == 403
