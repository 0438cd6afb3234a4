"""问题整改 (第4.3.2条): from the notice to the end, told as it happens."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import Forbidden
from tests.workflows.case import Case
from tests.workflows.rectification.papers import (
    DONE,
    PLAN,
    REPORT,
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


# ---------------------------------------------------------------- deadlines by severity


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("一般", date(2026, 12, 4)),
        ("较大", date(2026, 11, 27)),
        ("重大", date(2026, 11, 20)),
        (None, date(2026, 12, 4)),
    ],
)
def test_没有给期限的按严重程度定(stage: Stage, severity: str | None, due: date) -> None:
    assert called(stage, severity=severity).variables["due"] == due


def test_给的期限已过的重新定(stage: Stage) -> None:
    assert called(stage, due=date(2026, 11, 1)).variables["due"] == date(2026, 11, 27)


# ---------------------------------------------------------------- who does what


def test_复查由没有参与整改的监督人员办理(stage: Stage) -> None:
    case = accept(raise_problem(stage, department="supervision"), by="郭立民", rectifier="沈雨桐")
    rectify(plan(case, by="沈雨桐"), by="沈雨桐", leader="郭立民")
    assert case.may_do("复查") == [{"蒋怀远"}]


def test_责任部门没有负责人的由监督管理部代办_代办人不得复查(stage: Stage) -> None:
    case = called(stage, department="experts")
    assert case.may_do("签收整改通知") == [{"郭立民", "沈雨桐"}]
    accept(case, by="沈雨桐", rectifier="沈雨桐")
    rectify(plan(case, by="沈雨桐"), by="沈雨桐", leader="沈雨桐")
    assert case.may_do("复查") == [{"郭立民"}]
    with pytest.raises(AssertionError, match="may not do"):
        verify(case, by="沈雨桐")


def test_监督人员都参与了的由分管领导复查(stage: Stage) -> None:
    case = called(stage, department="experts")
    accept(case, by="沈雨桐", rectifier="沈雨桐")
    rectify(plan(case, by="沈雨桐"), by="沈雨桐", leader="郭立民")
    assert case.may_do("复查") == [{"高振东", "林淑华"}]


def test_部门负责人把没有到位的整改退回重做(stage: Stage) -> None:
    case = plan(accept(raise_problem(stage)))
    case.do("实施整改", "提交", by="陈思远", **DONE).do("审核报送", "退回重做", by="雷震")
    assert case.waits == ["实施整改"]
    rectify(case)
    assert case.waits == ["复查"]


# ---------------------------------------------------------------- rounds, handing over


def test_不合格的进入下一轮重新给期限(stage: Stage) -> None:
    case = one_round(accept(raise_problem(stage)), "不合格，再改")
    assert (case.variables["rounds"], case.variables["due"]) == (2, date(2026, 11, 20))
    assert case.waits == ["制定整改方案"]
    one_round(case, "合格")
    assert case.outcome == "completed"
    assert case.variables["rectification_report"]["rounds"] == 2


def test_第三轮起分管领导先督办(stage: Stage) -> None:
    case = one_round(one_round(accept(raise_problem(stage)), "不合格，再改"), "不合格，再改")
    assert case.waits == ["分管领导决定"]
    case.do("分管领导决定", "继续整改", by="林淑华", order_requirements="由雷震牵头，一周内改好。")
    assert case.variables["rounds"] == 3
    one_round(case, "合格")
    assert case.outcome == "completed"


def test_多轮不合格的由分管领导移交处理(stage: Stage) -> None:
    case = one_round(one_round(accept(raise_problem(stage)), "不合格，再改"), "不合格，再改")
    case.do("分管领导决定", "移交处理", by="林淑华", order_requirements="两轮都没有改好，移交处理。")
    assert case.outcome == "handed_over"
    assert case.variables["rectification_report"]["conclusion"] == "多轮整改不合格，移交违规处理"


def test_弄虚作假的移交违规处理(stage: Stage) -> None:
    case = one_round(accept(raise_problem(stage)), "弄虚作假，移交")
    assert case.outcome == "handed_over"
    assert case.variables["rectification_outcome"] == "handed_over"
    assert "弄虚作假。复查情况：逐个登录" in case.variables["violation_facts"]
    assert any("violation.reported" in effect for effect in case.effects())


def test_发起人可以撤销自己提出的整改(stage: Stage) -> None:
    case = raise_problem(stage)
    assert case.may_be_withdrawn
    assert case.withdraw().outcome == "withdrawn"


def test_只有监督管理部能直接发起(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        raise_problem(stage, by="陈思远")


def test_第二轮的方案仍由责任人写(stage: Stage) -> None:
    case = one_round(accept(raise_problem(stage)), "不合格，再改")
    case.do("制定整改方案", "开始实施", by="陈思远", **PLAN).do("实施整改", "提交", by="陈思远", **DONE)
    case.do("审核报送", "报送复查", by="雷震", **REPORT)
    assert case.may_do("复查") == [{"郭立民", "沈雨桐"}]
