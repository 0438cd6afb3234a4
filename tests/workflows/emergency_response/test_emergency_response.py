"""应急处置 from the report to its lessons (第5.3.3条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.bpmn import HappeningKind
from engine.errors import HandlerFailed, InvalidForm
from tests.workflows.case import Case
from tests.workflows.emergency_response.papers import (
    DONE,
    INFRASTRUCTURE,
    KEY,
    MEASURES,
    SITUATION,
    STATE,
    ago,
    confirm,
    contain,
    improvise,
    recover,
    report,
    summarise,
    summary,
    tell,
)
from tests.workflows.stage import Stage


def test_报告只须三项并分开记录发现和报告时间(stage: Stage) -> None:
    case = report(stage)
    assert case.waits == ["研判定级"]
    assert case.variables["reported_at"] - case.variables["discovered_at"] >= timedelta(minutes=20)
    assert case.variables["report_delay"] == 20
    assert case.variables["proposal"]["level"] == "III级"


def test_先打电话的以电话为报告时间(stage: Stage) -> None:
    case = report(stage, discovered_at=ago(stage, minutes=50), phoned_at=ago(stage, minutes=45))
    assert case.variables["report_delay"] == 5


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"discovered_at": {"minutes": -5}}, "discovered_at"),
        ({"phoned_at": {"minutes": 25}}, "phoned_at"),
        ({"phoned_at": {"minutes": -5}}, "phoned_at"),
    ],
    ids=["发现晚于现在", "电话早于发现", "电话晚于现在"],
)
def test_时间须有先后(stage: Stage, times: dict[str, dict[str, int]], field: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        report(stage, **{name: ago(stage, **span) for name, span in times.items()})
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"data_impact": "重要数据泄露或损毁"}, "I级"),
        ({"impact": "平台整体中断"}, "II级"),
        ({"data_impact": "大量个人信息泄露"}, "II级"),
        ({"impact": "核心功能中断"}, "III级"),
        ({"impact": "部分功能中断", "data_impact": "少量个人信息泄露"}, "III级"),
        ({"impact": "尚不清楚"}, "III级"),
        ({"impact": "个别用户受影响", "data_impact": "不涉及"}, "IV级"),
    ],
)
def test_决策表建议级别(stage: Stage, told: dict[str, str], level: str) -> None:
    assert report(stage, **told).variables["proposal"]["level"] == level


def test_一般事件不须法定报告(stage: Stage) -> None:
    case = confirm(report(stage, impact="部分功能中断"), "IV级")
    assert case.waits == ["调整级别", "临时处置方案"]
    recover(contain(improvise(case)))
    assert case.waits == ["调整级别", "总结"]
    summarise(case)
    assert case.outcome == "completed"
    assert case.variables["reports"] == []


def test_误报答复报告人(stage: Stage) -> None:
    case = report(stage).do("研判定级", "误报", by="秦峰")
    assert (case.outcome, case.end) == ("completed", "误报")
    assert case.effects()[-1] == "会做：通知 陈思远（执法支队）"


def test_重复报告答复报告人(stage: Stage) -> None:
    case = report(stage).do("研判定级", "重复报告", by="马骁")
    assert (case.outcome, case.end) == ("completed", "重复报告")


def test_研判之前报告人可以撤销(stage: Stage) -> None:
    case = report(stage)
    assert case.may_be_withdrawn
    assert case.withdraw().outcome == "withdrawn"
    assert not confirm(report(stage)).may_be_withdrawn


def test_指挥组不在岗由分管领导研判(stage: Stage) -> None:
    case = report(stage).pass_time(minutes=30)
    assert case.waits == ["代为研判"]
    confirm(case, by="高振东", step="代为研判")
    assert "限时报告" in case.waits


def test_没有预案先定临时处置方案再按分工处置(stage: Stage) -> None:
    case = confirm(report(stage))
    assert case.waits == ["调整级别", "临时处置方案", "限时报告"]
    assert "NO_PLAN" in case.codes
    improvise(case)
    assert case.waits.count("先期处置") == 3


def test_附上现行预案即按分工处置(stage: Stage) -> None:
    case = report(stage)
    steps = [{"heading": "处置流程", "text": "报告、研判、处置。"}]
    plan = case.documents.issue("YJYA", "网络安全事件应急预案", steps, state="in_force")
    confirm(case)
    assert case.variables["plan"]["number"] == plan["number"]
    assert case.waits == ["调整级别", *["先期处置"] * 3, "限时报告"]


def test_无人可办时由应急指挥组办(stage: Stage) -> None:
    stage.organisation = replace(stage.organisation, roles={**stage.organisation.roles, "security": []})
    case = improvise(confirm(report(stage)))
    assert {"秦峰", "马骁"} in case.may_do("先期处置")


def test_未恢复的继续处置恢复的人不验证(stage: Stage) -> None:
    case = contain(improvise(confirm(report(stage))))
    recover(case, "未恢复")
    assert "恢复运行" in case.waits
    recover(case)
    assert "总结" in case.waits


def test_恢复逾期告知领导不影响处置(stage: Stage) -> None:
    case = contain(improvise(tell(confirm(report(stage)))))
    case.pass_time(hours=24)
    assert any("恢复" in name for name in case.told(HappeningKind.EVENT_OCCURRED))
    assert "恢复运行" in case.waits
    assert "总结" in recover(case).waits


@pytest.mark.parametrize(
    ("operator", "level", "minutes", "onward", "follow_up"),
    [
        (INFRASTRUCTURE, "I级", 60, 30, 4),
        (INFRASTRUCTURE, "III级", 60, None, 8),
        (STATE, "II级", 120, 60, 4),
        (STATE, "III级", 120, None, 8),
        ("其他网络运营者", "II级", 240, 60, 8),
        ("其他网络运营者", "III级", 240, None, 12),
    ],
)
def test_报告时限按运营者类别自发现起算(
    stage: Stage, operator: str, level: str, minutes: int, onward: int | None, follow_up: int
) -> None:
    case = confirm(report(stage), level, operator)
    rules, clocks = case.variables["reporting"], case.variables["clocks"]
    assert (rules["first_minutes"], rules["onward_minutes"], rules["follow_up_hours"]) == (minutes, onward, follow_up)
    assert clocks["first_due"] - case.variables["discovered_at"] == timedelta(minutes=minutes)


def test_按时首报续报到恢复为止(stage: Stage) -> None:
    case = tell(improvise(confirm(report(stage))))
    assert "续报" in case.waits
    tell(case, "续报", "出具续报")
    contain(case)
    recover(case)
    assert case.waits == ["调整级别", "总结"]
    assert [(one["kind"], one["late_minutes"]) for one in case.variables["reports"]] == [("首报", 0), ("续报", 0)]
    assert [one["title"] for one in case.documents.issued] == ["网络安全事件首报", "网络安全事件续报"]


def test_逾期的首报上报领导督办并记下分钟数(stage: Stage) -> None:
    case = confirm(report(stage), operator=INFRASTRUCTURE)
    case.pass_time(minutes=40)
    assert "督办报告" in case.waits
    case.do("督办报告", "督办", by="林淑华", late_reason="值班人员忙于处置。")
    case.pass_time(minutes=14)
    tell(case)
    first = case.variables["reports"][0]
    assert (first["kind"], first["late_minutes"], first["recipient"]) == ("首报", 16, "保护工作部门、公安机关")


def test_文书出具不了时不算已报告(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The act is refused as a whole (what was written stays a draft): no document, no report."""
    case = confirm(report(stage))

    def full(*_args: object, **_more: object) -> None:
        raise OSError("磁盘已满")

    monkeypatch.setattr(case.documents, "issue", full)
    with pytest.raises(HandlerFailed) as failed:
        tell(case)
    assert failed.value.node_id == "issue_report"
    assert case.documents.issued == []


def test_重大事件转报逾期告警仍须转报(stage: Stage) -> None:
    case = tell(confirm(report(stage), "II级", INFRASTRUCTURE))
    case.pass_time(minutes=30)
    tell(case, "转报", "转报", by="沈雨桐")
    made = case.variables["reports"][-1]
    assert (made["kind"], made["late_minutes"], made["recipient"]) == ("转报", 1, "国家网信部门、国务院公安部门")
    assert "续报" in case.waits


def test_续报逾期督办(stage: Stage) -> None:
    case = tell(confirm(report(stage)))
    case.pass_time(hours=12)
    assert "督办报告" in case.waits
    tell(case, "续报", "出具续报")
    assert case.variables["reports"][-1]["late_minutes"] == 1


def test_恢复之后首报仍须完成(stage: Stage) -> None:
    case = recover(contain(improvise(confirm(report(stage)))))
    assert "限时报告" in case.waits
    tell(case)
    assert case.waits == ["调整级别", "总结"]


def test_提高级别重新计时并新增任务(stage: Stage) -> None:
    case = improvise(confirm(report(stage, impact="部分功能中断"), "IV级"))
    case.pass_time(hours=2)
    raised = case.now
    case.do("调整级别", "调整级别", by="秦峰", new_level="II级", change_reason="发现数据库被拖走的迹象。")
    assert case.variables["level"] == "II级"
    assert case.variables["clocks"]["first_due"] == raised + timedelta(hours=4)  # from the change: not owed before
    assert sorted(case.waits) == sorted(["先期处置", "调整级别", "限时报告", *["新增处置"] * 3])
    case.do("新增处置", "报告处置情况", by="罗成", **DONE)
    change = case.variables["level_changes"][0]
    assert (change["before"], change["after"], change["by"]) == ("IV级", "II级", "qinfeng")


def test_原先就须报告的仍从发现起算(stage: Stage) -> None:
    case = confirm(report(stage), operator=STATE)
    case.do("调整级别", "调整级别", by="秦峰", new_level="I级", change_reason="重要数据外泄。")
    assert case.variables["clocks"]["first_due"] - case.variables["discovered_at"] == timedelta(hours=2)
    assert case.variables["counted_from"] == "发现时"


def test_首报之后调整级别须在时限内报告变化(stage: Stage) -> None:
    case = tell(confirm(report(stage)))
    case.pass_time(hours=1)
    moved = case.now
    case.do("调整级别", "调整级别", by="秦峰", new_level="II级", change_reason="影响扩大。")
    assert "续报" not in case.waits
    assert case.variables["clocks"]["first_due"] == moved + timedelta(hours=4)
    tell(case)
    tell(case, "转报", "转报", by="沈雨桐")
    assert [one["kind"] for one in case.variables["reports"]] == ["首报", "续报", "转报"]


def test_降低级别后不再须报告(stage: Stage) -> None:
    case = confirm(report(stage))
    case.do("调整级别", "调整级别", by="秦峰", new_level="IV级", change_reason="影响有限，已查明。")
    assert "限时报告" not in case.waits
    assert case.variables["reporting"]["required"] is False


def test_其他流程也能要求调整级别(stage: Stage) -> None:
    case = confirm(report(stage))
    case.hear("emergency.level_changed", new_level="II级", change_reason="上级要求按重大事件处置。")
    assert case.variables["level"] == "II级"


def test_调整为现在的级别不能提交(stage: Stage) -> None:
    case = confirm(report(stage))
    before = dict(case.variables)
    with pytest.raises(InvalidForm) as refused:
        case.do("调整级别", "调整级别", by="秦峰", new_level=before["level"], change_reason="再看一次。")
    assert set(refused.value.errors) == {"new_level"}
    assert case.variables == before


def test_要求调整为现在的级别什么也不改变(stage: Stage) -> None:
    case = confirm(report(stage))
    before, waiting = dict(case.variables), list(case.waits)
    case.pass_time(hours=1)
    case.hear("emergency.level_changed", new_level=before["level"], change_reason="上级通报了同一级别。")
    assert {name: case.variables[name] for name in ("level", "level_changes", "clock_round", "clocks")} == {
        name: before[name] for name in ("level", "level_changes", "clock_round", "clocks")
    }
    assert case.waits == waiting


def test_总结退回后再审逐项整改并要求修订预案(stage: Stage) -> None:
    case = recover(contain(improvise(tell(confirm(report(stage))))))
    plan = {"plan_revision": "需要", "revision_reason": "值班通知偏慢。"}
    case.do("总结", "提交总结", by="秦峰", **summary(measures=MEASURES, **plan))
    case.do("审定总结", "退回", by="高振东")
    summarise(case, measures=MEASURES, **plan)
    assert case.calls == ["逐项整改", "逐项整改"]
    case.called_ends("逐项整改", rectification_outcome="closed")
    case.called_ends("逐项整改", rectification_outcome="handed_over")
    assert case.outcome == "completed"
    assert [one["outcome"] for one in case.variables["rectifications"]] == ["closed", "handed_over"]
    assert "会发出消息“emergency_plan.revision”" in case.effects()


def test_总结三十日未交告警仍须提交(stage: Stage) -> None:
    case = recover(contain(improvise(tell(confirm(report(stage))))))
    case.pass_time(days=30)
    assert "总结逾期" in case.told(HappeningKind.EVENT_OCCURRED)
    assert summarise(case).outcome == "completed"


def test_演练没有对外影响(stage: Stage) -> None:
    case = confirm(report(stage, drill=True), "I级")
    assert case.variables["drill"] is True
    told = [effect for effect in case.effects() if "通知" in effect]
    assert "应急指挥组" in told[-1]
    tell(case)
    tell(case, "转报", "转报", by="沈雨桐")
    assert [one["number"] for one in case.variables["reports"]] == [None, None]
    recover(contain(improvise(case)))
    summarise(case, measures=MEASURES, plan_revision="需要", revision_reason="演练中发现通知偏慢。")
    assert case.calls == []
    assert case.outcome == "completed"
    assert not any("emergency_plan.revision" in effect for effect in case.effects())


def test_其他流程转来的没有发现时间的以转来之时为准(stage: Stage) -> None:
    case = Case.by_message(stage, KEY, "emergency.raised", "罗成", what="监测到大量异常外联。", impact="尚不清楚")
    assert case.waits == ["研判定级"]
    assert case.variables["report_delay"] == 0
    assert case.variables["drill"] is False
    confirm(case)
    case.do("限时报告", "出具报告", by="马骁", **SITUATION)
    assert "续报" in case.waits
