"""专家论证 and 部门意见: who votes, what counts, when it is over (第2.2.3条)."""

from __future__ import annotations

from itertools import product

import pytest

from engine.errors import InvalidForm
from tests.workflows.change_approval.papers import (
    EXPERTS,
    LARGER,
    MAJOR,
    call_experts,
    corrected,
    find_necessary,
    no_objection,
    panel,
    propose,
    vote,
)
from tests.workflows.stage import Stage


@pytest.mark.parametrize("experts", [EXPERTS[:4], EXPERTS[:3]], ids=["双数", "人数不足"])
def test_专家人数不合规定时表单指出应选几人(stage: Stage, experts: tuple[str, ...]) -> None:
    case = find_necessary(propose(stage, **MAJOR))
    with pytest.raises(InvalidForm) as refused:
        call_experts(case, experts)
    why = f"按 max(专家最少人数, …) 算出：专家最少人数 是 5；论证专家 有 {len(experts)} 项"
    assert refused.value.errors == {"panel_size": f"专家人数须在 5 到 5 之间，你填的是 {len(experts)}（{why}）"}


@pytest.mark.parametrize(
    "experts", [EXPERTS[:4], EXPERTS[:3], (*EXPERTS[:4], "陈思远")], ids=["双数", "不足", "申请人"]
)
def test_不合规定的专家组须重组(stage: Stage, experts: tuple[str, ...]) -> None:
    """Also without the form's own check."""
    case = find_necessary(propose(stage, **MAJOR))
    case.do("组织论证", "开始论证", by="何静", unchecked=True, **panel(case, experts))
    assert case.waits == ["组织论证"]


def test_结果确定即结束表决(stage: Stage) -> None:
    case = call_experts(find_necessary(propose(stage, **LARGER)))
    vote(case, 张伟民="弃权")
    assert case.waits.count("专家论证") == 2
    vote(case, 何远="不同意")
    assert case.waits == ["部门意见"]
    assert case.variables["review"]["silent"] == 1
    assert case.variables["review"]["passed"] is False


def test_到期未表态按弃权计未回复视为无意见(stage: Stage) -> None:
    case = call_experts(find_necessary(propose(stage, **LARGER)))
    vote(case, 张伟民="同意")
    case.wait(workdays=5)
    assert case.waits == ["修改补正"]
    assert case.variables["review"] | {"passed": None} == {
        "round_no": 1,
        "total": 3,
        "agree": 1,
        "oppose": 0,
        "abstain": 0,
        "silent": 2,
        "needed": 2,
        "passed": None,
    }
    assert case.variables["opinions"] == {"total": 1, "objections": 0, "silent": 1}


def test_三轮论证未通过即驳回(stage: Stage) -> None:
    case = find_necessary(propose(stage, **LARGER))
    for round_no in (1, 2, 3):
        call_experts(case)
        no_objection(vote(case, 张伟民="不同意", 冯博="弃权"))
        assert case.variables["review"]["round_no"] == round_no
        if round_no < 3:
            case.do("修改补正", "重新提交", by="陈思远", revision_note="按专家意见修改。", **corrected(**LARGER))
            find_necessary(case)
    assert case.outcome == "rejected"


ACTS = ("同意", "不同意", "弃权")


@pytest.mark.parametrize("acts", list(product(ACTS, repeat=3)), ids="".join)
def test_全体专家三分之二同意为通过(stage: Stage, acts: tuple[str, ...]) -> None:
    """All ways in which three experts can vote, against the rule said plainly: agreed ÷ all members ≥ 2/3."""
    case = no_objection(call_experts(find_necessary(propose(stage, **LARGER))))
    cast: list[str] = []
    for name, act in zip(EXPERTS, acts, strict=False):
        if "专家论证" not in case.waits:
            break
        agreed, against = cast.count("同意"), len(cast) - cast.count("同意")
        assert 3 * agreed < 2 * 3, "the vote went on though it was won"
        assert 3 * (3 - against) >= 2 * 3, "the vote went on though it was lost"
        vote(case, **{name: act})
        cast.append(act)
    passed = 3 * acts.count("同意") >= 2 * 3
    assert case.waits == (["部门负责人审批"] if passed else ["修改补正"])
    assert case.variables["review"]["passed"] is passed
