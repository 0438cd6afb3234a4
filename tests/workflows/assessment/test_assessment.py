"""考核与补考 (第6.3.1、6.3.2条): plan, approval, one assessment a person, results to hr."""

from __future__ import annotations

from tests.workflows.assessment.papers import PLAN, passes, propose, published
from tests.workflows.case import Case
from tests.workflows.stage import Stage


def test_计划批准后逐人考核汇总交人事(stage: Stage) -> None:
    case = published(stage)
    assert case.calls == ["个人考核"] * 4
    assert [one["post_kind"] for one in case.variables["assessed"]] == ["管理岗", "业务岗", "业务岗", "技术岗"]
    for total, rounds in ((92, 1), (81, 1), (75, 3), (88, 1)):
        passes(case, total, rounds)
    assert case.variables["summary"] == {"people": 4, "passed": 4, "at_once": 3, "stopped": 0, "percent": 100}
    assert case.variables["score_sheet"]["number"].startswith("KHCJ-")
    assert case.may_do("接收考核结果") == [{"谢婉清", "方圆"}]
    case.do("接收考核结果", "已接收", by="谢婉清", used_for=["绩效评价", "岗位晋升"])
    assert case.outcome == "completed"


def test_成绩单列出各人成绩和总体(stage: Stage) -> None:
    case = published(stage, heads=[], technical=[])
    passes(passes(case, 90), 75, 2)
    (document,) = case.documents.issued
    assert document["kind"] == "KHCJ"
    assert case.effects()[-1].startswith("会做：通知")


def test_退回的修改后再审批_否决的结束(stage: Stage) -> None:
    case = propose(stage)
    assert case.may_do("审批考核计划") == [{"周岚"}]
    case.do("审批考核计划", "退回修改", by="周岚", plan_fit="须调整")
    assert case.waits == ["编制考核计划"]
    case.do("编制考核计划", "提交审批", by="方圆", **{**PLAN, "technical": []})
    assert len(case.variables["assessed"]) == 3
    case.do("审批考核计划", "否决", by="周岚", plan_fit="须调整")
    assert case.outcome == "rejected"


def test_有问题的计划退回修改(stage: Stage) -> None:
    case = propose(stage, heads=[], business=[], technical=[])
    assert case.variables["problems"] == ["没有写明被考核人"]
    case.do("编制考核计划", "提交审批", by="方圆", **{**PLAN, "technical": ["chensiyuan"]})
    assert case.variables["problems"] == ["重复列入：陈思远（执法支队）"]
    case.do("编制考核计划", "提交审批", by="方圆", **PLAN)
    assert case.waits == ["审批考核计划"]


def test_每年自动发起由培训管理员编制(stage: Stage) -> None:
    case = Case.by_timer(stage, "assessment", "每年考核", "方圆")
    case.do("编制考核计划", "提交审批", by="方圆", **PLAN)
    assert case.waits == ["审批考核计划"]


def test_专项考核期限较短(stage: Stage) -> None:
    case = published(stage, assessment_kind="专项考核")
    assert case.variables["limits"]["finish"] == 10


def test_到期没有全员合格的通报考核继续(stage: Stage) -> None:
    case = passes(published(stage))
    case.wait(workdays=20)
    told = [effect for effect in case.effects() if "到期" in effect or "通知" in effect]
    assert told
    assert case.calls == ["个人考核"] * 3
    for _person in range(3):
        passes(case)
    assert case.waits == ["接收考核结果"]


def test_中断的重新考核或终止不影响别人(stage: Stage) -> None:
    case = published(stage).call_fails("个人考核", "broken")
    assert case.waits == ["处理考核中断"]
    assert len(case.calls) == 3
    case.do("处理考核中断", "重新考核", by="方圆", settling_cause="题库已修复。")
    assert len(case.calls) == 4
    case.call_fails("个人考核", "broken").do("处理考核中断", "终止", by="方圆", settling_cause="本人已调出。")
    for _person in range(3):
        passes(case)
    assert case.variables["summary"]["stopped"] == 1
    assert case.variables["summary"]["percent"] == 75


def test_公布以前可以撤销(stage: Stage) -> None:
    assert not published(stage).may_be_withdrawn
    case = propose(stage).withdraw()
    assert case.outcome == "withdrawn"
