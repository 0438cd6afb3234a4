"""个人考核 (第6.3.1—6.3.3条): paper, grading, total; objection; make-up round by round until passed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.workflows.case import Case
from tests.workflows.personal_assessment.papers import (
    FORM,
    accept,
    called,
    object_to,
    review,
    score,
    scored,
    seated,
    sit,
)
from tests.workflows.stage import Stage


def test_一次合格的记入档案出具成绩单(stage: Stage) -> None:
    case = sit(seated(stage), 6)
    assert sorted(case.waits) == ["工作业绩评分", "操作技能评分", "阅卷"]
    assert case.may_do("阅卷") == [{"方圆"}]
    assert case.may_do("工作业绩评分") == [{"雷震"}]
    score(case)
    assert case.variables["written"] == Decimal("97.1")
    assert case.variables["total"] == Decimal("88.6")
    assert case.variables["verdict"]["level"] == "合格"
    accept(case)
    assert case.outcome == "completed"
    assert case.variables["assessment_outcome"] == "合格"
    assert [document["kind"] for document in case.documents.issued] == ["KHCJ"]
    assert any("培训档案" in effect for effect in case.effects())
    assert not any("谢婉清" in effect for effect in case.effects())


def test_个别考核由培训管理员发起结果通知人事(stage: Stage) -> None:
    case = Case(stage, "personal_assessment", "方圆", **FORM)
    case.pass_time(minutes=0).do("开始考试", "开始考试", by="陈思远", ready=True)
    accept(score(sit(case, 6)))
    assert any("谢婉清" in effect for effect in case.effects())


def test_同一种子同一份试卷_每轮另组卷(stage: Stage) -> None:
    first, again = seated(stage), seated(stage)
    assert first.variables["paper"]["questions"] == again.variables["paper"]["questions"]


def test_开放日期以前不能考试(stage: Stage) -> None:
    opens = (stage.clock.now() + timedelta(days=3)).date()
    case = called(stage, opens_on=opens)
    assert case.waits == []
    case.pass_time(days=3)
    assert case.waits == ["开始考试"]


def test_已离岗的不再考核(stage: Stage) -> None:
    case = Case.called(stage, "personal_assessment", "方圆", person="nobody", plan_title="年度考核", post_kind="业务岗")
    assert case.outcome == "stopped"
    assert case.variables["assessment_outcome"] == "终止"


def test_题库不足的补充后重新开始(stage: Stage) -> None:
    case = called(stage).handler_answers("组卷", "BANK_LACKING")
    case.do("开始考试", "开始考试", by="陈思远", ready=True)
    assert case.waits == ["补充题库"]
    case.do("补充题库", "已补充", by="方圆", bank_note="补充简答题 4 道。")
    case.do("开始考试", "开始考试", by="陈思远", ready=True)
    assert case.waits == ["答卷"]


def test_到时自动交卷(stage: Stage) -> None:
    case = seated(stage).pass_time(minutes=60)
    assert case.variables["handed_in"] == "到时自动交卷"
    assert sorted(case.waits) == ["工作业绩评分", "操作技能评分"]


def test_缺考计零分(stage: Stage) -> None:
    case = called(stage).wait(workdays=5)
    assert case.waits == ["处理缺考"]
    case.do("处理缺考", "计零分", by="方圆", absence_cause="无故", handling_note="本人承认忘记。")
    score(case, mark=None)
    assert case.variables["verdict"]["cause"] == "缺考"
    accept(case)
    assert case.variables["failures"] == 1
    assert case.variables["history"][0]["paper"] is None


def test_有正当理由的另定时间不算不合格(stage: Stage) -> None:
    case = called(stage).wait(workdays=5)
    case.do("处理缺考", "另定时间", by="方圆", absence_cause="因病", handling_note="病假条已核。")
    case.do("开始考试", "开始考试", by="陈思远", ready=True)
    accept(score(sit(case, 6)))
    assert case.outcome == "completed"
    assert case.variables["rounds"] == 1


def test_离岗的终止考核(stage: Stage) -> None:
    case = called(stage).wait(workdays=5)
    case.do("处理缺考", "终止考核", by="方圆", absence_cause="已离岗或账号停用", handling_note="已调出。")
    assert case.outcome == "stopped"


# ---------------------------------------------------------------- verdicts


def test_各部分低于最低线的不合格(stage: Stage) -> None:
    for right, points, cause in (
        (2, {}, "笔试低于最低线"),
        (6, {"skill": 50}, "操作技能低于最低线"),
        (6, {"work": 40}, "工作业绩低于最低线"),
        (4, {"skill": 62, "work": 60}, "总分低于合格线"),
    ):
        case = scored(stage, right, **points)
        assert case.variables["verdict"]["cause"] == cause


def test_优秀(stage: Stage) -> None:
    case = scored(stage, 6, mark=10, skill=95, work=95)
    assert case.variables["verdict"]["level"] == "优秀"


def test_权重因岗位类别而不同(stage: Stage) -> None:
    totals = {}
    for kind in ("管理岗", "业务岗", "技术岗"):
        case = score(sit(seated(stage, post_kind=kind), 6, short=""), mark=None, skill=90, work=70)
        totals[kind] = case.variables["total"]
    assert totals == {"管理岗": Decimal("80.3"), "业务岗": Decimal("83.9"), "技术岗": Decimal("84.3")}


# ---------------------------------------------------------------- objection


def test_异议成立的更正并重新计分(stage: Stage) -> None:
    case = object_to(scored(stage, 4, mark=0), "笔试")
    assert case.variables["written"] == Decimal("57.1")
    assert {"方圆", "何静", "陈思远"}.isdisjoint(case.may_do("复核成绩")[0])
    review(case, "更正成绩", review_marks={"7": 9})
    assert case.variables["written"] == Decimal("70.0")
    assert case.waits == ["确认成绩"]
    accept(case)
    assert case.outcome == "completed"


def test_异议不成立的维持(stage: Stage) -> None:
    case = review(object_to(scored(stage, 6), "操作技能"), "维持原成绩", review_skill=100)
    assert case.outcome == "completed"
    assert case.variables["skill_score"] == 80


def test_异议次数用完的不再受理(stage: Stage) -> None:
    case = scored(stage, 4, mark=0)
    for mark in (2, 3):
        review(object_to(case, "笔试"), "更正成绩", review_marks={"7": mark})
    assert case.waits == []
    assert case.variables["objections"] == 2


def test_到期没有表示的视为无异议(stage: Stage) -> None:
    case = scored(stage, 6).wait(workdays=3)
    assert case.outcome == "completed"
