"""Who may apply, what is asked for, and how the acceptance group comes about (第2.3.1条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.errors import Forbidden, InvalidForm
from tests.workflows.acceptance.papers import (
    APPLICATION,
    CHECKED,
    GROUP,
    SOFTWARE_PAPERS,
    accepted,
    apply,
    confirm,
    form_group,
)
from tests.workflows.stage import Stage


def with_project(stage: Stage, **facts: Any) -> Stage:
    """The stage with other facts of the project."""
    projects = stage.organisation.projects
    changed = {**projects, "XM-2026-02": {**projects["XM-2026-02"], **facts}}
    return replace(stage, organisation=replace(stage.organisation, projects=changed))


def with_experts(stage: Stage, *names: str) -> Stage:
    """The stage with only these experts in the library."""
    accounts = [stage.organisation.accounts[name] for name in names]
    roles = {**stage.organisation.roles, "experts": accounts}
    return replace(stage, organisation=replace(stage.organisation, roles=roles))


# ---------------------------------------------------------------- may they apply at all


def test_只有承建单位能申请(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        apply(stage, by="陈思远")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"contractor": "evaluator"}, "项目不由申请人所在单位承建"),
        ({"accepted_on": date(2026, 9, 1), "certificate": "YSZS-1"}, "项目已经验收，证书 YSZS-1"),
        ({"acceptance_case": "YS-2026-0009"}, "项目已有验收申请 YS-2026-0009 在办，办结之前不再受理"),
        ({"acceptance_from": date(2030, 1, 10)}, "上次验收未通过，2030-01-10 起可以再次申请"),
    ],
)
def test_不能申请的当即告知理由(stage: Stage, facts: dict[str, Any], reason: str) -> None:
    case = apply(with_project(stage, **facts))
    assert case.outcome == "rejected"
    assert case.variables["admission"]["reason"] == reason
    assert case.effects()[-1] == "会做：通知 钱程（华信科技）"


def test_间隔已满的可以再次申请(stage: Stage) -> None:
    case = apply(with_project(stage, acceptance_from=date(2020, 1, 10), acceptance_result="不通过"))
    assert case.waits == ["形式审查"]


# ---------------------------------------------------------------- the papers


@pytest.mark.parametrize("kind", ["软件开发", "系统集成", "设备购置"])
def test_资料按项目类型(stage: Stage, kind: str) -> None:
    papers = [*SOFTWARE_PAPERS, "设备清单及合格证"]
    case = apply(stage, project_kind=kind, documents=papers).do("形式审查", "受理", by="何静", **CHECKED)
    assert case.waits == ["选定验收组"]
    standard = case.variables["standard"]
    weights = [standard[f"{aspect}_weight"] for aspect in ("function", "performance", "security", "reliability")]
    assert sum(weights) == 100


def corrected(**changes: Any) -> dict[str, Any]:
    """The form of 补正材料."""
    kept = {key: value for key, value in APPLICATION.items() if key not in ("project", "project_kind", "contact_phone")}
    return {**kept, "correction_note": "已按意见补齐。", **changes}


def test_缺资料不能受理补正次数用完不予受理(stage: Stage) -> None:
    case = apply(stage, documents=SOFTWARE_PAPERS[:3])
    case.do("形式审查", "受理", by="何静", **CHECKED)
    assert case.waits == ["补正材料"]
    case.do("补正材料", "重新提交", by="钱程", **corrected(documents=SOFTWARE_PAPERS[:5]))
    case.do("形式审查", "退回补正", by="何静")
    case.do("补正材料", "重新提交", by="钱程", **corrected(documents=SOFTWARE_PAPERS[:6]))
    assert case.variables["corrections"] == 2
    case.do("形式审查", "退回补正", by="何静")
    assert case.outcome == "rejected"


def test_补正后受理(stage: Stage) -> None:
    case = apply(stage, documents=SOFTWARE_PAPERS[:3]).do("形式审查", "退回补正", by="何静")
    case.do("补正材料", "重新提交", by="钱程", **corrected())
    case.do("形式审查", "受理", by="何静", **CHECKED)
    assert case.waits == ["选定验收组"]


def test_不予受理(stage: Stage) -> None:
    assert apply(stage).do("形式审查", "不予受理", by="何静").outcome == "rejected"


def test_长期不补正的申请失效(stage: Stage) -> None:
    case = apply(stage).do("形式审查", "退回补正", by="何静")
    case.wait(workdays=10)
    assert case.outcome == "lapsed"


# ---------------------------------------------------------------- the group


@pytest.mark.parametrize(
    ("project", "least"), [("XM-2026-01", 7), ("XM-2026-02", 5), ("XM-2026-03", 5), ("XM-2026-04", 3)]
)
def test_人数下限按合同额(stage: Stage, project: str, least: int) -> None:
    assert accepted(stage, project=project).variables["group_rule"]["members_min"] == least


def test_合同额缺失按最高标准(stage: Stage) -> None:
    case = accepted(with_project(stage, contract_amount=None))
    assert case.variables["group_rule"]["members_min"] == 7
    assert case.variables["limits"]["review"] == 5


def test_应当回避的人不在可选之列(stage: Stage) -> None:
    stage.organisation.involved["XM-2026-02"] = ["limin"]
    try:
        case = accepted(stage)
    finally:
        stage.organisation.involved.clear()
    offered = [option["value"] for option in case.variables["candidates"]["staff_options"]]
    assert "limin" not in offered
    assert "qiancheng" not in offered
    assert "李敏（批准或实施过本项目变更）" in case.variables["candidates"]["excluded"]
    with pytest.raises(InvalidForm) as refused:
        form_group(case)
    assert set(refused.value.errors) == {"department_members"}


@pytest.mark.parametrize(
    ("names", "experts"),
    [(GROUP[:4], 1), (GROUP[:3], 2), ((*GROUP[:3], "陈思远", "张伟民"), 1), (("王建国", "王建国", *GROUP[2:]), 2)],
    ids=["双数", "不足", "专家不足", "重复"],
)
def test_不合规定的验收组须重组(stage: Stage, names: tuple[str, ...], experts: int) -> None:
    case = form_group(accepted(stage), names, experts, unchecked=True)
    assert case.waits == ["选定验收组"]


def test_双数的验收组表单指出应有几人(stage: Stage) -> None:
    with pytest.raises(InvalidForm) as refused:
        form_group(accepted(stage), (*GROUP[:3], "陈思远", "张伟民", "冯博"))
    assert set(refused.value.errors) == {"group_size"}


def test_有人回避或逾期未确认的排除后重组(stage: Stage) -> None:
    case = form_group(accepted(stage))
    confirm(case, GROUP[:3])
    case.do("确认无利害关系", "申请回避", by="张伟民")
    case.wait(workdays=2)
    assert case.waits == ["选定验收组"]
    assert case.variables["unavailable"] == [
        {"person": "zhangweimin", "why": "本人申请回避"},
        {"person": "fengbo", "why": "逾期未确认"},
    ]
    names = (*GROUP[:3], "何远", "吴志强")
    confirm(form_group(case, names), names)
    assert case.waits == ["评审分工"]


def test_人选不足由分管领导协调未确认的可再次入选(stage: Stage) -> None:
    case = form_group(accepted(with_experts(stage, "张伟民", "冯博")))
    confirm(case, GROUP[:4])
    case.wait(workdays=2)
    assert case.waits == ["协调人选"]
    case.do("协调人选", "重新核查人选", by="林淑华", coordination_measures="已与冯博确认可以参加。")
    confirm(form_group(case))
    assert case.waits == ["评审分工"]


def test_组不成验收组的终止(stage: Stage) -> None:
    case = accepted(with_experts(stage, "张伟民"))
    assert case.waits == ["协调人选"]
    case.do("协调人选", "终止验收", by="林淑华")
    assert case.outcome == "rejected"
    assert case.variables["group_state"] == "无法组成"
