"""应急预案编制与修订: drafted, consulted, reviewed, approved, in force, learnt (第5.3.1条)."""

from __future__ import annotations

import pytest

from engine.boot import ROOT
from engine.bpmn import NodeKind, check, check_house
from tests.workflows.case import Case
from tests.workflows.emergency_plan.papers import KEY, approve, draft, propose, review
from tests.workflows.stage import HANDLERS, Stage, procedure


def test_批准后施行参与的人逐一学习(stage: Stage) -> None:
    case = approve(review(draft(propose(stage)), "同意", "同意"))
    assert case.waits == ["学习预案", "学习预案"]
    assert case.variables["plan"]["version"] == 1
    assert case.documents.in_force("YJYA")["title"] == "网络安全事件应急预案"  # type: ignore[index]
    for name in ("刘海涛", "罗成"):
        case.do("学习预案", "已学习", by=name, understood=True)
    assert case.outcome == "completed"


def test_到期未学习的告知本人和指挥组(stage: Stage) -> None:
    case = approve(review(draft(propose(stage)), "同意", "同意"))
    case.do("学习预案", "已学习", by="罗成", understood=True)
    case.wait(workdays=10)
    assert case.outcome == "completed"
    assert case.variables["absent"] == ["liuhaitao"]


def test_处置后要求修订的可以维持现行(stage: Stage) -> None:
    case = Case.by_message(stage, KEY, "emergency_plan.revision", "秦峰", reason="通知偏慢。", source="应急处置 YJ-1")
    assert case.variables["terms"]["draft"] == 10
    case.do("起草", "维持现行", by="马骁")
    assert (case.outcome, case.end) == ("completed", "维持现行")


def test_每年复审(stage: Stage) -> None:
    case = Case.by_timer(stage, KEY, "每年复审", "秦峰")
    assert case.waits == ["起草"]
    assert draft(case).waits == ["征求意见", *["专家评审"] * 3]


def test_新编须五位专家(stage: Stage) -> None:
    assert draft(propose(stage, "新编")).waits == ["起草"]


@pytest.mark.parametrize("experts", [("张伟民", "冯博"), ("张伟民",)], ids=["双数", "不足"])
def test_专家不合规定须重新提出(stage: Stage, experts: tuple[str, ...]) -> None:
    assert draft(propose(stage), experts).waits == ["起草"]


def test_到期未回复未表态(stage: Stage) -> None:
    case = draft(propose(stage))
    case.do("专家评审", "同意", by="张伟民", completeness="完整", feasibility="可行")
    case.wait(workdays=5)
    assert case.waits == ["起草"]
    assert (case.variables["review"]["agree"], case.variables["heard"]["silent"]) == (1, 1)


def test_三轮未通过不再评审(stage: Stage) -> None:
    case = propose(stage)
    for round_no in (1, 2, 3):
        review(draft(case), "不同意", "弃权")
        assert case.variables["review"]["round_no"] == round_no
    assert case.outcome == "rejected"


@pytest.mark.parametrize("level", ["安全审核", "领导批准"])
def test_每级都可以退回和驳回(stage: Stage, level: str) -> None:
    by = {"安全审核": "罗成", "领导批准": "林淑华"}[level]

    def there() -> Case:
        case = review(draft(propose(stage)), "同意", "同意")
        return case if level == "安全审核" else case.do("安全审核", "同意", by="罗成")

    assert there().do(level, "退回", by=by).waits == ["起草"]
    assert there().do(level, "驳回", by=by).outcome == "rejected"


def test_起草人不审批(stage: Stage) -> None:
    case = review(draft(propose(stage)), "同意", "同意")
    assert case.may_do("安全审核") == [{"罗成"}]


def test_施行之前可以撤销(stage: Stage) -> None:
    assert draft(propose(stage)).withdraw().outcome == "withdrawn"
    assert not approve(review(draft(propose(stage)), "同意", "同意")).may_be_withdrawn


def test_图合规矩(stage: Stage) -> None:
    found = procedure(KEY)
    assert check((ROOT / "workflows" / KEY / f"{KEY}.bpmn").read_bytes()) == []
    roles = stage.organisation.roles
    assert check_house(found.definition, found.forms, found.decisions, HANDLERS, roles) == []
    for node in found.definition.nodes.values():
        if node.kind is NodeKind.USER_TASK:
            assert node.documentation, node.id
            assert node.candidates is not None, node.id
            assert node.candidates.fallback, node.id
            assert node.deadline is not None, node.id
            assert node.deadline.consequence, node.id
            assert "terms." in node.deadline.due, node.id
