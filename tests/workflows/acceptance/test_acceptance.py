"""项目验收 (第2.3.1条): the ways an acceptance may take, told as they happen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.errors import InvalidForm
from tests.workflows.acceptance.papers import (
    ITEM,
    MENDED,
    RECHECKED,
    REVIEWS,
    accepted,
    agree,
    in_review,
    judge,
    recheck,
    reviewed,
    to_be_mended,
    vote,
)
from tests.workflows.stage import Stage


def test_四项评审合格全组会签同意即签发证书(stage: Stage) -> None:
    case = reviewed(stage)
    assert case.variables["scores"]["total"] == Decimal(90)
    assert case.waits == ["验收会签"] * 5
    agree(case)
    assert case.outcome == "completed"
    facts = case.projects.facts("XM-2026-02")
    assert facts is not None
    assert (facts["acceptance_result"], facts["certificate"]) == ("通过", case.variables["certificate"])
    assert facts["accepted_on"] is not None
    assert facts["certificate"].startswith("YSZS-")
    assert any("监管大屏二期验收证书" in effect for effect in case.effects())
    assert [entry for entry in case.effects() if "acceptance.passed" in entry] == ["会发出消息“acceptance.passed”"]


def test_得分按评审标准加权(stage: Stage) -> None:
    case = reviewed(stage, 功能=(100, 90), 性能=(80,), 安全=(70, 71), 可靠性=(75,))
    assert case.variables["scores"] == {
        "functional": Decimal(95),
        "performance": Decimal(80),
        "security": Decimal("70.5"),
        "reliability": Decimal(75),
        "total": Decimal("82.9"),
        "failed": 0,
    }


@pytest.mark.parametrize("aspect", list(REVIEWS))
def test_没有证据的评审不能提交(stage: Stage, aspect: str) -> None:
    case = in_review(stage)
    items = [{**ITEM, "subject": "核对", "points": 90}, {**ITEM, "subject": "实测", "points": 50, "evidence": " "}]
    with pytest.raises(InvalidForm) as refused:
        case.do(f"{aspect}评审", "提交评审", by=REVIEWS[aspect], items=items, summary="评审意见见各条。")
    assert refused.value.errors == {"items.1.evidence": "证据还没有填写"}
    assert case.waits.count(f"{aspect}评审") == 1


def test_证据随不合格项和复验进入验收证书(stage: Stage) -> None:
    case = to_be_mended(stage)
    assert {item["evidence"] for item in case.variables["open_items"]} == {ITEM["evidence"]}
    case.called_ends("问题整改", **MENDED).called_ends("问题整改", **MENDED)
    with pytest.raises(InvalidForm):
        case.do("复验不合格项", "提交复验", by="李敏", recheck_finding="按要求重测，达到约定。", recheck_points=85)
    recheck(recheck(case, "李敏", 85), "张伟民", 90)
    assert {item["evidence"] for item in case.variables["rechecks"]} == {RECHECKED["recheck_evidence"]}


def test_评审逾期由平台管理部督办评审继续(stage: Stage) -> None:
    case = in_review(stage)
    case.wait(workdays=5)
    assert sorted(case.waits) == sorted(["功能评审", "性能评审", "安全评审", "可靠性评审", "督办评审"])
    due = (case.stage.clock.now() + timedelta(days=60)).date().isoformat()
    case.do(
        "督办评审", "督办", by="何静", delay_reason="其他", promised_date=due, supervision_measures="三日内完成评审。"
    )
    assert len(case.waits) == 4


# ---------------------------------------------------------------- rectification and re-check


def test_每个不合格项一件整改复验只看不合格项再会签(stage: Stage) -> None:
    case = to_be_mended(stage)
    assert case.variables["verdict"]["conclusion"] == "整改后复验"
    assert [item["aspect"] for item in case.variables["open_items"]] == ["性能", "安全"]
    assert [entry for entry in case.effects() if "rectification" in entry] == []
    case.called_ends("问题整改", **MENDED)
    assert case.waits == []
    case.called_ends("问题整改", **MENDED)
    assert case.may_do("复验不合格项") == [{"李敏"}, {"张伟民"}]
    recheck(case, "李敏", 85)
    recheck(case, "张伟民", 90)
    assert case.waits == ["验收会签"] * 5
    assert case.variables["open_items"] == []
    agree(case)
    assert case.outcome == "completed"
    facts = case.projects.facts("XM-2026-02")
    assert facts is not None
    assert facts["acceptance_result"] == "整改后通过"


def test_复验仍不合格的再整改轮次用完验收不通过(stage: Stage) -> None:
    case = to_be_mended(stage)
    case.called_ends("问题整改", **MENDED).called_ends("问题整改", **MENDED)
    recheck(case, "李敏", 85)
    recheck(case, "张伟民", 69)
    assert [item["aspect"] for item in case.variables["open_items"]] == ["安全"]
    case.called_ends("问题整改", **MENDED)
    assert case.may_do("复验不合格项") == [{"张伟民"}]
    recheck(case, "张伟民", 60)
    assert case.outcome == "rejected"
    assert case.variables["verdict"] == {"conclusion": "不通过", "cause": "整改未完成"}
    assert case.variables["waiting"] == {"waiting_days": 45}


def test_整改移送处理的验收不通过(stage: Stage) -> None:
    case = to_be_mended(stage)
    case.called_ends("问题整改", **MENDED)
    case.called_ends("问题整改", rectification_outcome="handed_over", rounds=3, rectification_report=None)
    assert case.outcome == "rejected"


def test_整改因错误中断的重新下达或终止(stage: Stage) -> None:
    case = to_be_mended(stage).call_fails("问题整改", "broken")
    assert case.waits == ["处理整改中断"]
    case.do("处理整改中断", "重新下达整改", by="何静", settling_cause="整改流程已修复。")
    case.called_ends("问题整改", **MENDED).call_fails("问题整改", "broken")
    case.do("处理整改中断", "终止整改", by="何静")
    assert case.outcome == "rejected"


# ---------------------------------------------------------------- the vote


def test_得分低于下限的会签同意也不通过(stage: Stage) -> None:
    case = agree(reviewed(stage, 功能=(40,), 性能=(50,), 安全=(60,), 可靠性=(70,)))
    assert case.outcome == "rejected"
    assert case.variables["waiting"] == {"waiting_days": 60}


def test_不同意占多数的不通过并登记再次申请日期(stage: Stage) -> None:
    case = vote(reviewed(stage), 王建国="不同意", 唐颖="不同意")
    assert case.outcome == "rejected"
    facts = case.projects.facts("XM-2026-02")
    assert facts is not None
    assert facts["acceptance_result"] == "不通过"
    assert facts["acceptance_from"] == case.variables["again_from"]
    assert isinstance(case.variables["again_from"], date)
    assert case.variables["waiting"] == {"waiting_days": 30}


def test_平票的复议后再会签轮次用完不通过(stage: Stage) -> None:
    case = vote(reviewed(stage), 王建国="同意", 唐颖="不同意", 张伟民="弃权")
    assert case.variables["ballot"]["passed"] is False
    assert case.waits == ["主持复议"]
    case.do("主持复议", "再次提请会签", by="王建国", deliberation="对接口稳定性有分歧，补充了测试数据。")
    assert case.waits == ["验收会签"] * 5
    vote(case, 王建国="同意")
    case.wait(workdays=3)
    assert case.outcome == "rejected"
    assert case.variables["ballot_round"] == 2
    assert case.variables["ballot"]["silent"] == 4
    assert case.variables["waiting"] == {"waiting_days": 15}


# ---------------------------------------------------------------- other ends


def test_另案已验收的不另发证书(stage: Stage) -> None:
    case = reviewed(stage).handler_answers("签发证书并登记", "ALREADY_ACCEPTED")
    agree(case)
    assert case.outcome == "rejected"
    facts = case.projects.facts("XM-2026-02")
    assert facts is not None
    assert facts["accepted_on"] is None


def test_结论作出前申请人可以撤回(stage: Stage) -> None:
    case = reviewed(stage)
    assert case.may_be_withdrawn
    case.withdraw()
    assert case.outcome == "withdrawn"
    assert not to_be_mended(stage).may_be_withdrawn


def test_不合格项由原评审人以外的人不能复验(stage: Stage) -> None:
    case = to_be_mended(stage)
    case.called_ends("问题整改", **MENDED).called_ends("问题整改", **MENDED)
    assert {"钱程", "王建国"}.isdisjoint(name for names in case.may_do("复验不合格项") for name in names)


def test_评审内容按项目类型预填(stage: Stage) -> None:
    case = in_review(stage)
    judge(case, "功能", 90)
    assert case.variables["function_review"]["reviewer"] == "tangying"
    assert "items" not in case.variables
    assert accepted(stage).variables["standard"]["performance_items"] == ["并发与响应时间"]
