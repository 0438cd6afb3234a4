"""问题整改 (第4.3.2条): from the notice to the end, told as it happens."""

from __future__ import annotations

from datetime import date

from tests.workflows.case import Case
from tests.workflows.rectification.papers import (
    REQUEST,
    accept,
    called,
    one_round,
    plan,
    raise_problem,
    rectify,
    verify,
)
from tests.workflows.stage import Stage

# ---------------------------------------------------------------- the straight ways


def test_监督管理部发起整改经复查合格后办结(stage: Stage) -> None:
    case = raise_problem(stage)
    assert case.waits == ["签收整改通知"]
    one_round(accept(case), "合格")
    assert case.outcome == "completed"
    assert case.variables["rectification_outcome"] == "closed"
    assert case.variables["rounds"] == 1
    report = case.variables["rectification_report"]
    assert (report["conclusion"], report["责任部门"], report["verified_by"]) == ("整改合格", "enforcement", "guolimin")


def test_被验收调用的整改交回结果轮次和报告(stage: Stage) -> None:
    case = called(stage, due=date(2026, 12, 31))
    assert case.variables["due"] == date(2026, 12, 31)
    accept(case, by="王建国", rectifier="李敏")
    plan(case, by="李敏")
    verify(rectify(case, by="李敏", leader="王建国"), by="沈雨桐")
    assert case.outcome == "completed"
    assert case.variables["rectification_outcome"] == "closed"


def test_应急措施以消息发起整改(stage: Stage) -> None:
    case = Case.by_message(stage, "rectification", "rectification.requested", "秦峰", **REQUEST)
    assert case.waits == ["签收整改通知"]
    assert not case.may_be_withdrawn
