"""项目变更审批 (第2.2.3条): the ways a change may take, told as they happen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.bpmn import HappeningKind
from engine.errors import InvalidForm, NotNow
from tests.workflows.change_approval.papers import (
    APPROVAL,
    EXPERTS,
    FINDINGS,
    LARGER,
    MAJOR,
    REPORT,
    approved_minor,
    call_experts,
    corrected,
    find_necessary,
    no_objection,
    order,
    panel,
    pass_review,
    pass_review_of_five,
    propose,
    vote,
)
from tests.workflows.stage import Stage

# ---------------------------------------------------------------- the straight ways


def test_一般变更由部门负责人批准后实施并更新基线(stage: Stage) -> None:
    case = find_necessary(propose(stage))
    assert case.variables["grade"] == "一般"
    assert case.waits == ["部门负责人审批"]

    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    order(case)
    case.do("实施", "提交验证", by="钱程", **REPORT)
    case.do("验证", "验证通过", by="钟晓燕", **FINDINGS)

    assert case.outcome == "completed"
    baseline = case.projects.facts("XM-2026-03")
    assert baseline is not None
    assert baseline["contract_amount"] == Decimal("490.50")
    assert baseline["end_date"] == date(2027, 4, 5)
    assert baseline["scope"] == case.variables["project_facts"]["scope"]
    assert baseline["revision"] == 2
    assert case.effects() == [
        "会做：更新“移动执法终端项目”的基线为第 2 版",
        "会做：通知 陈思远（执法支队）、钱程（华信科技）、钟晓燕（执法支队）",
    ]


def test_较大变更经论证由部门负责人和平台管理部批准(stage: Stage) -> None:
    case = find_necessary(propose(stage, **LARGER))
    assert case.reasons()[1] == "费用占比 6.16% ≥ 5%"
    pass_review(case)
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    assert case.waits == ["平台管理部审批"]
    case.do("平台管理部审批", "同意", by="周岚", **APPROVAL)
    assert case.waits == ["下达实施令"]


def test_重大变更经专家论证三级审批实施验证后更新基线(stage: Stage) -> None:
    case = find_necessary(propose(stage, **MAJOR))
    assert case.variables["grade"] == "重大"
    call_experts(case, EXPERTS, departments=("information", "data"))
    assert case.waits == ["专家论证"] * 5 + ["部门意见"] * 2
    vote(case, 张伟民="同意", 冯博="不同意", 何远="同意", 吴志强="同意")
    no_objection(case)
    case.do("部门意见", "提交意见", by="唐颖", position="有异议", objection="补传时段请避开夜间数据汇总。")
    vote(case, 郑雅文="同意")

    approval = {**APPROVAL, "approved_cost": "55.00", "approved_end_date": "2027-05-10"}
    case.do("部门负责人审批", "同意", by="雷震", **approval)
    case.do("平台管理部审批", "同意", by="周岚", **approval)
    case.do("分管领导审批", "同意", by="林淑华", **{**approval, "approved_cost": "50.00"})
    order(case)
    case.do("实施", "提交验证", by="钱程", **REPORT)
    case.do("验证", "验证通过", by="钟晓燕", **FINDINGS)

    assert case.outcome == "completed"
    assert case.variables["review"] == {
        "round_no": 1,
        "total": 5,
        "agree": 4,
        "oppose": 1,
        "abstain": 0,
        "silent": 0,
        "needed": 4,
        "passed": True,
    }
    assert case.variables["opinions"] == {"total": 2, "objections": 1, "silent": 0}
    baseline = case.projects.facts("XM-2026-03")
    assert baseline is not None
    assert baseline["contract_amount"] == Decimal("536.50")
    assert baseline["scope"] == MAJOR["new_scope"]


# ---------------------------------------------------------------- grading


@pytest.mark.parametrize(
    ("change", "grade", "reason"),
    [
        ({"cost_change": "24.32"}, "一般", "三项都在较大标准以下，为一般变更"),
        ({"cost_change": "-24.33"}, "较大", "费用占比 5% ≥ 5%"),
        ({"cost_change": "48.64"}, "较大", "费用占比 9.99% ≥ 5%"),
        ({"cost_change": "48.65"}, "重大", "费用占比 10% ≥ 10%"),
        ({"schedule_change": 19}, "一般", "三项都在较大标准以下，为一般变更"),
        ({"schedule_change": 20}, "较大", "工期影响 20 天 ≥ 20 天"),
        ({"schedule_change": -60}, "重大", "工期影响 60 天 ≥ 60 天"),
        ({"scope_impact": "局部功能调整"}, "一般", "三项都在较大标准以下，为一般变更"),
        ({"scope_impact": "核心功能或对外接口"}, "较大", "范围影响 = 核心功能或对外接口"),
        ({"scope_impact": "调整建设目标"}, "重大", "范围影响 = 调整建设目标"),
    ],
)
def test_变更按费用占比工期和范围定级(stage: Stage, change: dict[str, str], grade: str, reason: str) -> None:
    if change.get("scope_impact", "不影响范围") != "不影响范围":
        change = {**change, "new_scope": "覆盖 28 个执法点，另加离线采集。"}
    case = find_necessary(propose(stage, **change))
    assert (case.variables["grade"], case.reasons()[1]) == (grade, reason)


def test_紧急变更压缩时限(stage: Stage) -> None:
    case = propose(stage, urgency="紧急", urgency_reason="汛期前须投入使用。")
    assert case.variables["limits"]["necessity"] == 2
    assert case.reasons() == ["紧急程度 = 紧急"]


# ---------------------------------------------------------------- necessity, correction, lapse


def test_没有必要的变更被驳回(stage: Stage) -> None:
    case = propose(stage).do("必要性审查", "驳回", by="何静")
    assert case.outcome == "rejected"


def test_退回补正后重新审查(stage: Stage) -> None:
    case = propose(stage).do("必要性审查", "退回", by="何静")
    assert case.may_do("修改补正") == [{"陈思远"}]
    case.do("修改补正", "重新提交", by="陈思远", revision_note="补充离线数据加密方案。", **corrected(**LARGER))
    assert case.waits == ["必要性审查"]
    assert find_necessary(case).variables["grade"] == "较大"


def test_逾期不补正的变更失效(stage: Stage) -> None:
    case = propose(stage).do("必要性审查", "退回", by="何静")
    case.wait(workdays=4)
    assert case.told(HappeningKind.REMINDER_DUE) == ["修改补正"]
    case.wait(workdays=1)
    assert case.told(HappeningKind.DEADLINE_PASSED) == ["修改补正"]
    assert case.waits == ["修改补正"]
    case.wait(workdays=5)
    assert case.outcome == "lapsed"


# ---------------------------------------------------------------- who may do what


def test_经手人不审自己的变更(stage: Stage) -> None:
    case = propose(stage, by="何静", project="XM-2026-03", **LARGER)
    assert case.may_do("必要性审查") == [{"周岚", "许文博"}]
    find_necessary(case, by="周岚")
    assert case.may_do("组织论证") == [{"周岚", "许文博"}]
    case.do("组织论证", "开始论证", by="周岚", **panel(case, EXPERTS[:3]))
    no_objection(vote(case, 张伟民="同意", 冯博="同意"))
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    assert case.may_do("平台管理部审批") == [{"高振东", "林淑华"}], "周岚 reviewed the necessity"


def test_部门负责人提出的变更由分管领导代行部门审批(stage: Stage) -> None:
    case = find_necessary(propose(stage, by="雷震"))
    assert case.may_do("部门负责人审批") == [{"高振东", "林淑华"}]


def test_代行过下级审批的分管领导不再作最后审批(stage: Stage) -> None:
    case = pass_review_of_five(find_necessary(propose(stage, by="雷震", **MAJOR)))
    case.do("部门负责人审批", "同意", by="高振东", **APPROVAL)
    case.do("平台管理部审批", "同意", by="周岚", **APPROVAL)
    assert case.may_do("分管领导审批") == [{"林淑华"}]
    other = pass_review_of_five(find_necessary(propose(stage, **MAJOR), by="周岚"))
    other.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    other.do("平台管理部审批", "同意", by="高振东", **APPROVAL)
    assert other.may_do("分管领导审批") == [{"林淑华"}]


def test_实施人不能验证自己的实施(stage: Stage) -> None:
    case = find_necessary(propose(stage))
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    order(case, implementer="钱程", verifier="钱程")
    case.do("实施", "提交验证", by="钱程", **REPORT)
    assert case.may_do("验证") == [{"郭立民", "沈雨桐"}]


# ---------------------------------------------------------------- approval


def test_审批人退回后从头审查(stage: Stage) -> None:
    case = pass_review(find_necessary(propose(stage, **LARGER)))
    case.do("部门负责人审批", "退回", by="雷震")
    assert case.waits == ["修改补正"]
    case.do("修改补正", "重新提交", by="陈思远", revision_note="下调费用。", **corrected())
    find_necessary(case)
    assert case.variables["grade"] == "一般"
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    assert case.waits == ["下达实施令"]


def test_上级驳回的变更不再实施(stage: Stage) -> None:
    case = pass_review(find_necessary(propose(stage, **LARGER)))
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    case.do("平台管理部审批", "驳回", by="周岚")
    assert case.outcome == "rejected"


def test_分管领导可退回任一已办环节并须重走其后各级(stage: Stage) -> None:
    case = pass_review_of_five(find_necessary(propose(stage, **MAJOR)))
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    case.do("平台管理部审批", "同意", by="周岚", **APPROVAL)
    case.give_back("分管领导审批", by="林淑华", to="组织论证")
    assert case.waits == ["组织论证"]
    pass_review_of_five(case)
    assert case.waits == ["部门负责人审批"]
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    case.do("平台管理部审批", "同意", by="周岚", **APPROVAL)
    case.give_back("分管领导审批", by="林淑华", to="平台管理部审批")
    assert case.waits == ["平台管理部审批"]
    case.do("平台管理部审批", "同意", by="周岚", **APPROVAL)
    case.give_back("分管领导审批", by="林淑华", to="部门负责人审批")
    assert case.waits == ["部门负责人审批"]


def test_批准的费用和工期不超过申请(stage: Stage) -> None:
    case = find_necessary(propose(stage))
    with pytest.raises(InvalidForm) as refused:
        case.do(
            "部门负责人审批", "同意", by="雷震", **{**APPROVAL, "approved_cost": 9, "approved_end_date": "2027-05-01"}
        )
    assert set(refused.value.errors) == {"approved_cost", "approved_end_date"}


# ---------------------------------------------------------------- implementation


def test_实施逾期由平台管理部督办而实施不中断(stage: Stage) -> None:
    case = approved_minor(stage)
    case.wait(workdays=10)
    assert case.waits == ["实施", "督办"]
    case.do(
        "督办",
        "督办",
        by="何静",
        delay_reason="资源不足",
        promised_date="2026-12-10",
        supervision_measures="增派两人，12 月 10 日前完成。",
    )
    assert case.waits == ["实施"]
    case.do("实施", "提交验证", by="钱程", **REPORT)
    case.do("验证", "返工", by="钟晓燕", **{**FINDINGS, "data_result": "有差错"})
    assert case.waits == ["实施"]
    case.wait(workdays=10)
    case.do("实施", "提交验证", by="钱程", **REPORT)
    case.do("验证", "验证通过", by="钟晓燕", **FINDINGS)
    assert case.outcome == "completed", "an open 督办 does not hold up a verified change"


def test_验证不通过可回退(stage: Stage) -> None:
    case = approved_minor(stage)
    case.do("实施", "提交验证", by="钱程", **REPORT)
    case.do("验证", "回退", by="钟晓燕")
    case.do(
        "执行回退",
        "报告已回退",
        by="钱程",
        rollback_steps="卸载离线采集模块，恢复旧版本。",
        restored="完全恢复",
        restored_on="2026-12-05",
    )
    assert case.outcome == "rolled_back"
    baseline = case.projects.facts("XM-2026-03")
    assert baseline is not None
    assert baseline["revision"] == 1


def test_基线已被其他变更改动时人工核定(stage: Stage) -> None:
    case = approved_minor(stage)
    case.projects.update_baseline(
        "XM-2026-03",
        cost_change=Decimal(0),
        end_date=date(2027, 4, 30),
        scope="另一项变更的范围。",
        reason="另一项变更",
        expected_revision=1,
    )
    case.do("实施", "提交验证", by="钱程", **REPORT)
    case.do("验证", "验证通过", by="钟晓燕", **FINDINGS)
    assert case.waits == ["人工核定基线"]
    assert case.told(HappeningKind.ERROR_CAUGHT) == ["基线冲突"]
    settled = {
        "baseline_end_date": "2027-05-05",
        "conflict_checked": "已协调一致",
        "baseline_scope": "含两项变更的范围：离线采集与定位。",
    }
    case.do("人工核定基线", "核定并更新", by="许文博", **settled)
    assert case.outcome == "completed"
    baseline = case.projects.facts("XM-2026-03")
    assert baseline is not None
    assert (baseline["revision"], baseline["end_date"]) == (3, date(2027, 5, 5))
    assert baseline["contract_amount"] == Decimal("490.50"), "the approved amount cannot be changed any more"


# ---------------------------------------------------------------- withdrawal


def test_批准之前可以撤销(stage: Stage) -> None:
    case = call_experts(find_necessary(propose(stage, **LARGER)))
    assert case.may_be_withdrawn
    case.withdraw()
    assert (case.outcome, case.waits) == ("withdrawn", [])


def test_待上级审批时可以撤销批准之后不能(stage: Stage) -> None:
    case = pass_review(find_necessary(propose(stage, **LARGER)))
    case.do("部门负责人审批", "同意", by="雷震", **APPROVAL)
    assert case.may_be_withdrawn
    case.do("平台管理部审批", "同意", by="周岚", **APPROVAL)
    assert not case.may_be_withdrawn
    with pytest.raises(NotNow):
        case.withdraw()
