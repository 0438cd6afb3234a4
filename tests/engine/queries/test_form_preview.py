"""The preview of a form that is being drawn."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.boot import ROOT
from engine.errors import Forbidden
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.form_preview import FormTrial, preview_form, try_form
from tests.engine.forms.building import field, source

APPLICATION = (ROOT / "forms/change_approval/application.json").read_bytes()


@pytest.fixture
def owner(person: Callable[[str], Actor]) -> Actor:
    return person("hejing")


def test_a_form_comes_with_choices_and_values_the_server_takes(platform: Platform, owner: Actor) -> None:
    shown = preview_form(platform, owner, APPLICATION)
    assert shown.left_out == []
    assert shown.empty["projects"] == shown.sample["projects"]
    assert shown.sample["project"] == shown.sample["projects"][0]["value"]
    fields = {one["key"] for one in json.loads(APPLICATION)["components"]}
    filled = {key: value for key, value in shown.sample.items() if key in fields}
    assert try_form(platform, owner, APPLICATION, filled).errors == {}
    assert "project" in try_form(platform, owner, APPLICATION, filled | {"project": "XM-0"}).errors


def test_what_is_refused_is_not_shown_but_named(platform: Platform, owner: Actor) -> None:
    evil = {"type": "html", "id": "Evil", "content": "<script>alert(1)</script>"}
    group = {"type": "group", "id": "Group_1", "label": "组", "components": [evil, field(key="kept", id="Kept")]}
    shown = preview_form(platform, owner, source(group))
    assert shown.left_out == ["HTML 组件"]
    assert "script" not in json.dumps(shown.schema)
    assert "Kept" in json.dumps(shown.schema)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"components": 5}', b"\xff"])
def test_what_is_no_form_shows_nothing(platform: Platform, owner: Actor, content: bytes) -> None:
    assert preview_form(platform, owner, content).schema is None
    assert try_form(platform, owner, content, {}) == FormTrial({}, [])


def test_staff_see_no_previews(platform: Platform, person: Callable[[str], Actor]) -> None:
    with pytest.raises(Forbidden):
        preview_form(platform, person("chensiyuan"), APPLICATION)


def test_the_rules_of_a_form_are_told_with_what_they_come_to_and_why(platform: Platform, owner: Actor) -> None:
    budget = field("number", key="budget", label="预算")
    amount = field("number", key="amount", label="金额", validate={"max": "=budget * 0.5"})
    why = field("textarea", key="why", label="理由", conditional={"hide": "=amount < 100"})
    tried = try_form(platform, owner, source(budget, amount, why), {"budget": 100, "amount": 60})
    assert tried.errors == {"amount": "金额不能大于 50，你填的是 60（按 预算 * 0.5 算出：预算 是 100）"}
    assert [(one.label, one.kind, one.held, one.text, one.value, one.why) for one in tried.rules] == [
        ("金额", "limit", False, "budget * 0.5", "50", "预算 是 100"),
        ("理由", "hide", True, "amount < 100", "", "金额 是 60，小于 100"),
    ]
