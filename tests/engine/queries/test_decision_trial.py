"""Decision tables tried on what people type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from engine.boot import ROOT
from engine.errors import Forbidden
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.decision_trial import TableTrial, try_table

GRADE = (ROOT / "workflows/change_approval/grade.dmn").read_bytes()
VALUES = {"project_facts": "{contract_amount: 1000}", "cost_change": "60", "schedule_change": "5"}


@pytest.fixture
def tried(platform: Platform, person: Callable[[str], Actor]) -> Callable[..., TableTrial]:
    def run(typed: Mapping[str, str], content: bytes = GRADE) -> TableTrial:
        return try_table(platform, person("hejing"), content, "grade", typed)

    return run


def test_words_need_no_quotes(tried: Callable[..., TableTrial]) -> None:
    for scope in ("局部功能调整", '"局部功能调整"'):
        trial = tried({**VALUES, "scope_impact": scope})
        assert [rule.index for rule in trial.rules if rule.matched] == [4]
        assert trial.answers == [[("变更等级", "较大")]]
        assert trial.explanation == "费用占比 6% ≥ 5%"
        assert (trial.columns[0].label, trial.columns[0].value) == ("费用占比（%）", "6")


def test_nothing_typed_is_null(tried: Callable[..., TableTrial]) -> None:
    trial = tried({})
    assert trial.names == ["cost_change", "project_facts", "schedule_change", "scope_impact"]
    assert trial.columns[2].value == "（空）"


def test_texts_that_are_no_values_are_named(tried: Callable[..., TableTrial]) -> None:
    assert set(tried({**VALUES, "project_facts": "{contract_amount: "}).wrong) == {"project_facts"}


def test_a_table_with_problems_says_which(tried: Callable[..., TableTrial]) -> None:
    trial = tried({}, GRADE.replace(b"&gt;= 10", b"&gt;= "))
    assert trial.findings
    assert trial.rules == []


def test_staff_try_nothing(platform: Platform, person: Callable[[str], Actor]) -> None:
    with pytest.raises(Forbidden):
        try_table(platform, person("chensiyuan"), GRADE, "grade", {})
