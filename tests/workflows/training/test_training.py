"""培训实施与建档 (第6.2.1至6.2.3条): one session after the other, told as it happens."""

from __future__ import annotations

import pytest

from engine.errors import Forbidden
from tests.workflows.case import Case
from tests.workflows.stage import Stage
from tests.workflows.training.papers import (
    LECTURE,
    PLAN,
    PRACTICE_CASE,
    after_the_day,
    arrange,
    ask_leave,
    called,
    check,
    give_feedback,
    mark,
    plan,
    ready,
    results,
    score,
    sign_in,
    sign_up,
    until_the_day,
)


def held(stage: Stage, **changes: object) -> Case:
    """A training on its day; both have said that they come."""
    return until_the_day(ready(sign_up(plan(stage, **changes), "陈思远", "钟晓燕")))


# ---------------------------------------------------------------- the straight way


def test_从计划到归档(stage: Stage) -> None:
    case = plan(stage)
    assert sorted(case.waits) == ["报名", "报名", "筹备"]
    until_the_day(ready(sign_up(case, "陈思远", "钟晓燕")))
    assert case.waits == ["签到", "签到"]
    sign_in(case, "陈思远", "钟晓燕")
    assert sorted(case.waits) == ["培训评价", "培训评价", "评实操"]
    check(score(case, chensiyuan=85, zhongxiaoyan=55))
    give_feedback(case, "陈思远", "钟晓燕")
    assert case.outcome == "completed"
    assert results(case) == {"chensiyuan": "合格", "zhongxiaoyan": "不合格"}
    assert (case.variables["attended"], case.variables["absent"]) == (["chensiyuan", "zhongxiaoyan"], [])
    assert case.variables["archive"]["number"].startswith("PXDA")
    assert case.variables["sessions"][0]["exercise"] == f"模拟演练：{PRACTICE_CASE}"
    assert "会做：签发文书 PXDA-2026-0001《培训档案：移动执法模块操作培训》" in case.effects()
    assert [effect for effect in case.effects() if "的培训档案" in effect] == [
        "会做：记入 陈思远（执法支队） 的培训档案",
        "会做：记入 钟晓燕（执法支队） 的培训档案",
    ]


def test_没有实操的只记参加(stage: Stage) -> None:
    case = sign_in(held(stage, **LECTURE), "陈思远", "钟晓燕")
    assert case.waits == ["培训评价", "培训评价"]
    give_feedback(case, "陈思远", "钟晓燕")
    assert results(case) == {"chensiyuan": "已参加", "zhongxiaoyan": "已参加"}
    assert case.variables["sessions"][0]["exercise"] == "不安排"


def test_现场指导都要实操(stage: Stage) -> None:
    case = sign_in(held(stage, **LECTURE, mode="现场"), "陈思远", "钟晓燕")
    assert "评实操" in case.waits


def test_不评价的到期收回_不影响结果(stage: Stage) -> None:
    case = sign_in(held(stage, **LECTURE), "陈思远", "钟晓燕")
    give_feedback(case, "陈思远").wait(3)
    assert case.outcome == "completed"
    assert case.variables["sessions"][0]["feedback"]["count"] == 1


def test_整个部门邀请_授课人不是学员(stage: Stage) -> None:
    case = plan(stage, attendees=["limin"], departments=["enforcement"], teacher="leizhen")
    assert [one["account"] for one in case.variables["roster"]] == ["limin", "chensiyuan", "zhongxiaoyan"]


def test_外聘授课人的签到和评分由培训管理员办理_核定由人事(stage: Stage) -> None:
    case = held(stage, teacher=None, teacher_name="周明（培训学院）")
    after_the_day(sign_in(case, "陈思远"))
    assert case.may_do("核对签到") == [{"方圆"}]
    mark(case, by="方圆", also=["zhongxiaoyan"])
    score(case, by="方圆", chensiyuan=80, zhongxiaoyan=90)
    assert case.may_do("核定评分") == [{"谢婉清"}]


def test_只有培训管理员和平台管理部能计划(stage: Stage) -> None:
    with pytest.raises(Forbidden):
        plan(stage, by="陈思远")


# ---------------------------------------------------------------- signing up


def test_到期没有答复的视为参加(stage: Stage) -> None:
    case = until_the_day(ready(sign_up(plan(stage), "陈思远")))
    assert case.may_do("签到") == [{"陈思远"}, {"钟晓燕"}]
    assert [one["standing"] for one in case.variables["expected"]] == ["参加", "未答复"]


def test_请假由部门负责人批_准假的参加补训(stage: Stage) -> None:
    case = ask_leave(sign_up(plan(stage), "陈思远"), "钟晓燕")
    assert case.may_do("批假") == [{"雷震"}]
    case.do("批假", "准假", by="雷震")
    until_the_day(ready(case))
    assert case.may_do("签到") == [{"陈思远"}]
    check(score(sign_in(case, "陈思远"), chensiyuan=90))
    give_feedback(case, "陈思远")
    assert case.waits == ["安排培训"]
    assert case.variables["attendees"] == ["zhongxiaoyan"]


def test_不准假的仍应到(stage: Stage) -> None:
    case = ask_leave(sign_up(plan(stage), "陈思远"), "钟晓燕")
    case.do("批假", "不准假", by="雷震", leave_note="已安排他人顶班。")
    until_the_day(ready(case))
    assert case.may_do("签到") == [{"陈思远"}, {"钟晓燕"}]


def test_到期没有批的视为准假(stage: Stage) -> None:
    case = ready(ask_leave(sign_up(plan(stage), "陈思远"), "钟晓燕")).wait(2)
    assert "批假" not in case.waits
    until_the_day(case)
    assert case.may_do("签到") == [{"陈思远"}]


def test_部门负责人自己请假由培训管理员批(stage: Stage) -> None:
    case = ask_leave(plan(stage, attendees=["leizhen"]), "雷震")
    assert case.may_do("批假") == [{"方圆"}]


def test_全部请假的重定日期(stage: Stage) -> None:
    case = ask_leave(plan(stage, attendees=["chensiyuan"]), "陈思远").do("批假", "准假", by="雷震")
    ready(case)
    assert case.waits == ["安排培训"]
    arrange(case, held_on="2026-11-20")
    assert sorted(case.waits) == ["报名", "筹备"]


# ---------------------------------------------------------------- arranging, changing, calling off


def test_日期太近的由培训管理员重定(stage: Stage) -> None:
    case = plan(stage, held_on="2026-11-09")
    assert case.waits == ["安排培训"]
    arrange(case, held_on="2026-11-16")
    assert sorted(case.waits) == ["报名", "报名", "筹备"]


def test_没有人可以参加的重新安排(stage: Stage) -> None:
    case = plan(stage, attendees=["hejing"])
    assert (case.codes, case.waits) == (["NOBODY"], ["安排培训"])
    arrange(case, attendees=["chensiyuan"])
    assert sorted(case.waits) == ["报名", "筹备"]


def test_改期后重新报名(stage: Stage) -> None:
    case = sign_up(plan(stage), "陈思远").do("筹备", "改期", by="方圆")
    assert case.waits == ["安排培训"]
    arrange(case, held_on="2026-11-20")
    assert case.may_do("报名") == [{"陈思远"}, {"钟晓燕"}]
    until_the_day(case)
    assert case.waits == ["签到", "签到"], "a change of date does not stand for the next one"


def test_筹备时取消(stage: Stage) -> None:
    case = sign_up(plan(stage), "陈思远").do("筹备", "取消培训", by="方圆")
    assert (case.outcome, case.end) == ("cancelled", "已取消")
    assert case.effects()[-1] == "会做：通知 陈思远（执法支队）、钟晓燕（执法支队）"


def test_安排时取消(stage: Stage) -> None:
    case = plan(stage, held_on="2026-11-09").do("安排培训", "取消培训", by="方圆", **{**PLAN, "held_on": "2026-11-20"})
    assert case.outcome == "cancelled"


def test_没有确认筹备的到开课日照常开始(stage: Stage) -> None:
    case = until_the_day(sign_up(plan(stage), "陈思远", "钟晓燕"))
    assert case.waits == ["签到", "签到"]


def test_没有开成课的改期(stage: Stage) -> None:
    case = mark(held(stage).wait(1), "没有开课，改期")
    assert case.waits == ["安排培训"]
    assert case.variables["attended"] == []


def test_发起人清点到场前可以撤销(stage: Stage) -> None:
    case = plan(stage)
    assert case.may_be_withdrawn
    assert case.withdraw().outcome == "withdrawn"
    assert case.effects()[-1] == "会做：通知 陈思远（执法支队）、钟晓燕（执法支队）"


def test_清点到场后不能撤销(stage: Stage) -> None:
    assert not sign_in(held(stage), "陈思远", "钟晓燕").may_be_withdrawn


# ---------------------------------------------------------------- signing in, scores


def test_没有签到而实际参加的由授课人补记(stage: Stage) -> None:
    case = after_the_day(sign_in(held(stage, **LECTURE), "陈思远"))
    assert case.may_do("核对签到") == [{"何静"}]
    mark(case, also=["zhongxiaoyan"])
    give_feedback(case, "陈思远", "钟晓燕")
    assert case.variables["absent"] == []


def test_签到到最后一个培训日结束(stage: Stage) -> None:
    case = held(stage, **LECTURE, last_day="2026-11-16")
    after_the_day(case)
    assert case.waits == ["签到", "签到"]
    case.pass_time(days=3)
    assert case.waits == ["核对签到"]


def test_评分不妥的退回授课人(stage: Stage) -> None:
    case = score(sign_in(held(stage), "陈思远", "钟晓燕"), chensiyuan=85)
    check(case, "退回重评")
    assert "评实操" in case.waits
    check(score(case, chensiyuan=85, zhongxiaoyan=70))
    give_feedback(case, "陈思远", "钟晓燕")
    assert results(case) == {"chensiyuan": "合格", "zhongxiaoyan": "合格"}


def test_没有评分的记为未考核(stage: Stage) -> None:
    case = check(score(sign_in(held(stage), "陈思远", "钟晓燕"), chensiyuan=85))
    give_feedback(case, "陈思远", "钟晓燕")
    assert results(case)["zhongxiaoyan"] == "未考核"


# ---------------------------------------------------------------- make-up


def test_没有人到的不评分_全部补训(stage: Stage) -> None:
    case = mark(after_the_day(held(stage)))
    assert case.waits == ["安排培训"]
    assert case.variables["attendees"] == ["chensiyuan", "zhongxiaoyan"]


def absent_once(stage: Stage) -> Case:
    """钟晓燕 has missed the first session."""
    return give_feedback(mark(after_the_day(sign_in(held(stage, **LECTURE), "陈思远"))), "陈思远")


def test_缺席的人补训后办结(stage: Stage) -> None:
    case = absent_once(stage)
    assert case.waits == ["安排培训"]
    arrange(case, held_on="2026-11-27")
    assert case.may_do("报名") == [{"钟晓燕"}]
    until_the_day(ready(sign_up(case, "钟晓燕")))
    give_feedback(sign_in(case, "钟晓燕"), "钟晓燕")
    assert case.outcome == "completed"
    assert case.variables["attended"] == ["chensiyuan", "zhongxiaoyan"]
    assert [session["no"] for session in case.variables["sessions"]] == [1, 2]


def test_补训次数用完的告知负责人_按缺席办结(stage: Stage) -> None:
    case = arrange(absent_once(stage), held_on="2026-11-27")
    after_the_day(until_the_day(ready(sign_up(case, "钟晓燕"))))
    mark(case)
    assert case.outcome == "completed"
    assert case.variables["absent"] == ["zhongxiaoyan"]
    assert "会做：通知 雷震（执法支队）" in case.effects()


# ---------------------------------------------------------------- called by an assessment, sent by the yearly plan


def test_考核调用的再培训从安排开始_交回参训人员和编号(stage: Stage) -> None:
    case = called(stage)
    assert case.waits == ["安排培训"]
    arrange(case, held_on="2026-11-11", mode="现场")
    assert not case.may_be_withdrawn
    until_the_day(ready(sign_up(case, "陈思远")))
    check(score(sign_in(case, "陈思远"), chensiyuan=75))
    give_feedback(case, "陈思远")
    assert case.outcome == "completed"
    assert (case.variables["attended"], case.variables["absent"]) == (["chensiyuan"], [])
    assert case.variables["training_number"] == "PX-2026-0001"


def test_再培训取消的交回缺席人员(stage: Stage) -> None:
    case = arrange(called(stage), held_on="2026-11-16").do("筹备", "取消培训", by="方圆")
    assert (case.variables["attended"], case.variables["absent"]) == ([], ["chensiyuan"])
    assert case.variables["training_number"] == "PX-2026-0001"


def test_年度计划以消息下达一期(stage: Stage) -> None:
    case = Case.by_message(stage, "training", "training.scheduled", "周岚", **PLAN)
    assert sorted(case.waits) == ["报名", "报名", "筹备"]
