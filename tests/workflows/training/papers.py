"""Filled-in forms of 培训实施与建档, and the ways through it that many scenarios share.

The stage's clock stands at Friday, 6 November 2026; a course that is planned then is held on Friday, 13 November.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from engine.clock import LOCAL
from tests.workflows.case import Case
from tests.workflows.stage import Stage

PLAN: dict[str, Any] = {
    "title": "移动执法模块操作培训",
    "contents": ["操作技能", "安全意识"],
    "mode": "集中",
    "held_on": "2026-11-13",
    "last_day": None,
    "held_time": "09:30—11:30",
    "place": "五楼培训室",
    "hours": 4,
    "teacher": "hejing",
    "attendees": ["chensiyuan", "zhongxiaoyan"],
    "departments": [],
    "exercise": "模拟演练",
    "material": "操作手册第 3 章，请先阅读。",
}
LECTURE = {"contents": ["业务知识"], "exercise": "不安排"}
"""Nothing to practise."""
RETRAINING: dict[str, Any] = {
    "title": "移动执法模块再培训",
    "attendees": ["chensiyuan"],
    "reason": "考核 KH-2026-0001 第二次不合格",
    "contents": ["操作技能"],
}
"""What an assessment hands over."""
READY = {"prepared_items": ["场地或会议链接", "教材"], "prepare_note": "投影和账号已试过。"}
MARKED = {"mark_note": "核对签到表和现场照片。"}
CHECKED = {"scores_complete": "每人都有", "scores_grounded": "充分"}
FEEDBACK = {"rating": 5, "useful": "很有用", "advice": "多安排上机时间。"}
PRACTICE_CASE = "在模拟环境里完成一次现场检查并上传证据。"


def plan(stage: Stage, by: str = "方圆", **changes: Any) -> Case:
    """培训管理员 plans a training by hand."""
    return Case(stage, "training", by, **{**PLAN, **changes})


def called(stage: Stage, **changes: Any) -> Case:
    """An assessment, begun by the training officer, calls this procedure."""
    return Case.called(stage, "training", "方圆", **{**RETRAINING, **changes})


def arrange(case: Case, by: str = "方圆", **changes: Any) -> Case:
    """安排培训, with what the page shows already."""
    known = {key: case.variables.get(key) for key in PLAN}
    form = {key: PLAN[key] if value is None else value for key, value in known.items()}
    form |= {key: str(value) for key, value in form.items() if isinstance(value, date)}
    return case.do("安排培训", "通知报名", by=by, **{**form, **changes})


def sign_up(case: Case, *names: str) -> Case:
    """These people come."""
    for name in names:
        case.do("报名", "参加", by=name)
    return case


def ask_leave(case: Case, name: str) -> Case:
    """That one cannot come."""
    return case.do("报名", "请假", by=name)


def ready(case: Case) -> Case:
    """筹备 done."""
    return case.do("筹备", "就绪，按期开课", by="方圆", **READY)


def until_the_day(case: Case) -> Case:
    """Whoever is still asked has not answered; the morning of the day comes."""
    morning = datetime.combine(case.variables["held_on"], time(9), tzinfo=LOCAL)
    return case.pass_time(seconds=(morning - case.now).total_seconds())


def after_the_day(case: Case) -> Case:
    """The last day of the session is over."""
    return case.pass_time(days=1)


def sign_in(case: Case, *names: str) -> Case:
    """These people are there."""
    for name in names:
        case.do("签到", "签到", by=name, sign_in_way="到场")
    return case


def mark(case: Case, act: str = "核对完毕", by: str = "何静", also: list[str] | None = None) -> Case:
    """核对签到: who was there though he has not signed in."""
    return case.do("核对签到", act, by=by, attended_unsigned=also or [], **MARKED)


def row(person: str, points: int) -> dict[str, Any]:
    """One line of 评实操."""
    return {"person": person, "points": points, "comment": "按步骤完成。"}


def score(case: Case, by: str = "何静", **points: int) -> Case:
    """评实操 by account."""
    rows = [row(person, got) for person, got in points.items()]
    return case.do("评实操", "提交评分", by=by, scores=rows, practice_case=PRACTICE_CASE)


def check(case: Case, act: str = "核定", by: str = "方圆") -> Case:
    """核定评分."""
    return case.do("核定评分", act, by=by, **CHECKED)


def give_feedback(case: Case, *names: str) -> Case:
    """培训评价 by these people."""
    for name in names:
        case.do("培训评价", "提交评价", by=name, **FEEDBACK)
    return case


def results(case: Case) -> dict[str, str]:
    """What came of it, by account."""
    return {one["person"]: one["result"] for session in case.variables["sessions"] for one in session["results"]}
