"""问题整改: appeal, extension, reminders before and escalation after the deadline."""

from __future__ import annotations

from datetime import date

from tests.workflows.case import Case
from tests.workflows.rectification.papers import (
    APPEAL,
    URGE,
    accept,
    ask_for_time,
    grant,
    one_round,
    plan,
    raise_problem,
)
from tests.workflows.stage import Stage


def appealed(stage: Stage, **changes: str) -> Case:
    return raise_problem(stage, **changes).do("签收整改通知", "申诉", by="雷震")


AMENDED = {
    "problem": "执法支队 5 个账号离岗后未停用，仍能登录平台。",
    "basis": "账号管理规定第 6 条",
    "department": "enforcement",
    "severity": "一般",
    "due": None,
}

# ---------------------------------------------------------------- acceptance and appeal


def test_到期未签收的视为接受(stage: Stage) -> None:
    case = raise_problem(stage).wait(2)
    assert case.waits == ["制定整改方案"]
    assert case.may_do("制定整改方案") == [{"雷震"}]
    plan(case, by="雷震")
    assert case.may_do("实施整改") == [{"雷震"}]


def test_申诉成立的撤销通知(stage: Stage) -> None:
    case = appealed(stage)
    assert case.may_do("审理申诉") == [{"郭立民"}]
    case.do("审理申诉", "申诉成立，撤销", by="郭立民", **APPEAL)
    assert case.outcome == "revoked"
    assert case.variables["rectification_outcome"] == "closed"
    assert case.variables["rectification_report"]["conclusion"] == "申诉成立，撤销"


def test_申诉不成立的继续整改(stage: Stage) -> None:
    case = appealed(stage).do("审理申诉", "不成立，维持", by="郭立民", **APPEAL)
    assert case.waits == ["制定整改方案"]


def test_部分成立的变更后重新签收_申诉次数有限(stage: Stage) -> None:
    case = appealed(stage)
    for _time in range(2):
        case.do("审理申诉", "部分成立，变更", by="郭立民", **APPEAL)
        case.do("变更整改要求", "重新下达", by="沈雨桐", **AMENDED)
        assert case.waits == ["签收整改通知"]
        case.do("签收整改通知", "申诉", by="雷震")
    assert case.variables["appeals"] == 2
    assert case.waits == ["制定整改方案"]


def test_逾期未决的申诉由分管领导裁决(stage: Stage) -> None:
    case = appealed(stage).wait(5)
    assert case.waits == ["分管领导裁决"]
    case.do("分管领导裁决", "不成立，维持", by="林淑华", **APPEAL)
    assert case.waits == ["制定整改方案"]


# ---------------------------------------------------------------- extension


def test_批准延期后期限顺延_提醒按新期限(stage: Stage) -> None:
    case = ask_for_time(plan(accept(raise_problem(stage))))
    grant(case, 5)
    assert case.variables["due"] == date(2026, 12, 11)
    assert case.waits == ["实施整改"]
    assert case.wait(20).waits == ["实施整改"]
    assert any(effect.startswith("会做：通知") for effect in case.effects())
    assert "部门督办" in case.wait(5).waits


def test_延期不同意或逾期未批的期限不变(stage: Stage) -> None:
    case = ask_for_time(plan(accept(raise_problem(stage)))).do("批延期", "不同意", by="郭立民")
    assert case.waits == ["实施整改"]
    ask_for_time(case).wait(2)
    assert case.waits == ["实施整改"]
    assert case.variables["due"] == date(2026, 12, 4)


def test_延期最多批准两次(stage: Stage) -> None:
    case = plan(accept(raise_problem(stage)))
    grant(ask_for_time(case), 5)
    grant(ask_for_time(case), 5)
    assert len(case.variables["extensions"]) == 2
    ask_for_time(case)
    assert case.waits == ["实施整改"]
    assert len(case.variables["extensions"]) == 2


# ---------------------------------------------------------------- before and after the deadline


def test_到期前三天提醒_到期督办_每周报分管领导(stage: Stage) -> None:
    case = plan(accept(raise_problem(stage)))
    before = len(case.effects())
    case.wait(17)
    assert len(case.effects()) == before + 1
    assert case.waits == ["实施整改"]
    case.wait(4)
    assert case.waits == ["实施整改", "部门督办"]
    case.do("部门督办", "督办", by="雷震", **URGE)
    case.wait(4)
    assert case.waits == ["实施整改", "分管领导督办"]
    case.do("分管领导督办", "继续整改", by="高振东", executive_urge_note="三日内改完，逾期移交。")
    assert case.waits == ["实施整改"]
    case.wait(5)
    assert case.waits == ["实施整改", "分管领导督办"]
    assert case.wait(5).waits == ["实施整改", "分管领导督办"], "unanswered, it is withdrawn and comes again"


def test_分管领导认定拒不整改的移交处理(stage: Stage) -> None:
    case = plan(accept(raise_problem(stage))).wait(26)
    case.do("分管领导督办", "认定拒不整改", by="高振东", executive_urge_note="多次督促仍不动手。")
    assert case.outcome == "handed_over"
    assert case.variables["rectification_report"]["conclusion"] == "拒不整改，移交违规处理"


def test_已逾期的延期从今天起算(stage: Stage) -> None:
    case = plan(accept(raise_problem(stage))).wait(22)
    grant(ask_for_time(case), 3)
    assert case.variables["due"] > date(2026, 12, 8)
    assert case.waits.count("实施整改") == 1


def test_期限很近的不再提前提醒(stage: Stage) -> None:
    case = raise_problem(stage, due="2026-11-10")
    before = len(case.effects())
    accept(case)
    assert len(case.effects()) == before
    one_round(case, "合格")
    assert case.outcome == "completed"
