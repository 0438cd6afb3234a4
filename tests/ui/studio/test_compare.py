"""对比 over HTTP: the page in two frames, and its data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.conftest import Visitor

PATH = "/studio/change_approval"
As = Callable[[str], Visitor]


def put(visitor: Visitor, kind: str, name: str, change: Callable[[str], str]) -> None:
    """Change a part of the draft."""
    visitor.get(f"{PATH}/design.json")
    answer = visitor.get(f"{PATH}/parts/{kind}/{name}")
    sent = {"content": change(answer.get_data(as_text=True)), "revision": int(answer.headers["X-Revision"])}
    headers = {"X-CSRF-Token": visitor.token, "Accept": "application/json"}
    assert visitor.client.put(f"{PATH}/parts/{kind}/{name}", json=sent, headers=headers).status_code == 200


def diff(visitor: Visitor, query: str = "") -> Any:
    answer = visitor.get(f"{PATH}/diff.json{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def test_one_number_says_how_much_differs_wherever_it_is_said(as_person: As) -> None:
    """Three changes in one diagram and one in a form are four: in the bar, the dialog, the library and here."""
    owner = as_person("hejing")
    for old, new in (("下达实施令", "下令"), ("组织论证", "组织专家论证"), ("必要性审查", "必要性核对")):
        put(
            owner,
            "diagram",
            "change_approval",
            lambda text, a=old, b=new: text.replace(f'name="{a}"', f'name="{b}"', 1),
        )
    put(owner, "form", "approve", lambda text: text.replace('"批准费用上限"', '"费用上限"', 1))
    assert diff(owner)["count"] == 4
    assert owner.get(f"{PATH}/design.json").json["changed"] == 4  # type: ignore[index]
    for page in ("/procedures", "/procedures/change_approval/versions"):
        assert "与现行版本有 4 处不同" in owner.get(page).get_data(as_text=True)
    assert "共 4 处不同" in owner.get(f"{PATH}/publish-dialog").get_data(as_text=True)


@pytest.mark.parametrize("page", ["", "/tryout", "/forms", "/decisions", "/compare"])
def test_pages_are_titled_by_the_procedures_name(as_person: As, page: str) -> None:
    text = as_person("hejing").get(PATH + page).get_data(as_text=True)
    title = text.partition("<title>")[2].partition("</title>")[0]
    assert "项目变更审批" in title
    assert "change_approval" not in title


def test_what_differs_in_the_draft(as_person: As) -> None:
    owner = as_person("hejing")
    put(owner, "diagram", "change_approval", lambda text: text.replace('name="下达实施令"', 'name="下令"', 1))
    put(owner, "form", "approve", lambda text: text.replace('"批准费用上限"', '"费用上限"', 1))
    put(owner, "decision", "grade", lambda text: text.replace("<text>&gt;= 10</text>", "<text>&gt;= 12</text>", 1))
    found = diff(owner)
    assert (found["from"]["value"], found["to"]["value"]) == ("1", "draft")
    assert found["count"] == 3
    entry = found["diagram"]["entries"][0]
    assert (entry["kind"], entry["id"], entry["title"]) == ("changed", "issue_order", "用户任务“下达实施令”")
    assert entry["details"] == [{"label": "名称", "before": "下达实施令", "after": "下令"}]
    assert found["diagram"]["after"].count('name="下令"') == 1
    form = found["forms"][0]
    assert (form["name"], form["count"]) == ("approve", 1)
    assert form["title"].startswith("部门负责人审批、")
    row = next(row for row in form["rows"] if row["kind"] == "changed")
    assert row["cells"][0] == ["批准费用上限", "费用上限"]
    rule = next(row for row in found["decisions"][0]["rows"] if row["kind"] == "changed")
    assert rule["cells"][0] == [">= 10", ">= 12"]
    assert diff(owner, "?from=1&to=1")["count"] == 0
    assert diff(owner, "?from=draft&to=1")["diagram"]["entries"][0]["details"][0]["after"] == "下达实施令"


def test_a_torn_draft_is_compared_as_far_as_it_goes(as_person: As) -> None:
    owner = as_person("hejing")
    put(owner, "diagram", "change_approval", lambda text: text[:5000])
    put(owner, "form", "approve", lambda text: '{"components": [{"label": "\\ud800"}')
    found = diff(owner)
    assert "不能读取" in found["diagram"]["note"]
    assert "不能读取" in found["forms"][0]["note"]


def test_half_a_character_does_not_break_the_answer(as_person: As) -> None:
    owner = as_person("hejing")
    put(
        owner, "form", "approve", lambda text: '{"components": [{"type": "textfield", "key": "a", "label": "\\ud800"}]}'
    )
    assert diff(owner)["forms"][0]["rows"]


def test_the_page_of_an_owner_stands_in_the_studio(as_person: As) -> None:
    page = as_person("hejing").text(f"{PATH}/compare")
    assert "data-publish" in page
    assert 'data-url="/studio/change_approval/diff.json?from=1&amp;to=draft"' in page


def test_a_reader_reads_what_the_author_wrote(as_person: As) -> None:
    owner = as_person("hejing")
    put(owner, "diagram", "change_approval", lambda text: text.replace('name="下达实施令"', 'name="下令"', 1))
    revision = owner.get(f"{PATH}/design.json").json["revision"]  # type: ignore[index]  # JSON by its address
    assert owner.json(f"{PATH}/publish", {"note": "名称改短", "revision": revision}).status_code == 200
    reader = as_person("chensiyuan")
    assert "第 2 版的说明：名称改短" in reader.text(f"{PATH}/compare")
    found = diff(reader)
    assert (found["from"]["value"], found["to"]["value"], found["count"]) == ("1", "2", 1)
    assert found["to"]["note"] == "名称改短"


def test_the_page_of_a_reader_stands_in_the_product(as_person: As) -> None:
    page = as_person("chensiyuan").text(f"{PATH}/compare")
    assert "data-publish" not in page
    assert "g-side" in page
    assert "草稿" not in page.split("data-compare", 1)[1]


@pytest.mark.parametrize("query", ["?from=1&to=draft", "?from=7", "?to=%00", "?from=" + "9" * 40])
def test_states_that_are_not_there_for_a_reader(as_person: As, query: str) -> None:
    reader = as_person("chensiyuan")
    status = {400, 404}
    assert reader.get(f"{PATH}/compare{query}").status_code in status
    assert reader.get(f"{PATH}/diff.json{query}").status_code in status
