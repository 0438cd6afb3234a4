"""Filled-in forms of 个人考核, and the ways through it that many scenarios share.

A try-out draws sample questions: two of each kind and one short answer, ten points each; the right option of every
question is A, of multiple choice A and B.
"""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

INPUTS: dict[str, Any] = {
    "person": "chensiyuan",
    "person_name": "陈思远",
    "post_kind": "业务岗",
    "plan_title": "2026年度用户考核",
    "blueprint": "annual",
    "opens_on": None,
    "plan_number": "KH-2026-0001",
}
"""What the plan hands over."""
FORM = {key: INPUTS[key] for key in ("person", "post_kind", "plan_title", "blueprint")}
CONFIRM = {"objection_part": "没有"}


def called(stage: Stage, **changes: Any) -> Case:
    """The plan calls for one person; the assessment is open."""
    return Case.called(stage, "personal_assessment", "方圆", **{**INPUTS, **changes}).pass_time(minutes=0)


def seated(stage: Stage, by: str = "陈思远", **changes: Any) -> Case:
    """The person has begun: the clock runs."""
    return called(stage, **changes).do("开始考试", "开始考试", by=by, ready=True)


def answers(case: Case, right: int, short: str = "") -> dict[str, Any]:
    """Answers to the paper: the first `right` objective questions right, the others wrong."""
    found: dict[str, Any] = {}
    for row in case.variables["paper"]["questions"]:
        good, bad = (["A", "B"], ["C"]) if row["kind"] == "multiple" else ("A", "B")
        if row["kind"] != "short":
            found[str(row["no"])] = good if int(row["no"]) <= right else bad
        elif short:
            found[str(row["no"])] = short
    return found


def sit(case: Case, right: int, short: str = "先报告，再控制影响。", by: str = "陈思远") -> Case:
    """The paper is handed in."""
    return case.do("答卷", "交卷", by=by, answers=answers(case, right, short))


def score(case: Case, skill: float | None = 80, work: float | None = 80, mark: float | None = 8) -> Case:
    """Examiner, 平台管理部 and the leader give their points, as far as they are asked."""
    if mark is not None:
        case.do("阅卷", "提交评分", by="方圆", marks={"7": mark})
    if skill is not None:
        case.do("操作技能评分", "提交评分", by="何静", skill_note="完成派单、归档两项操作。", skill_score=skill)
    if work is not None:
        case.do("工作业绩评分", "提交评分", by="雷震", performance_note="按月完成任务。", performance_score=work)
    return case


def scored(stage: Stage, right: int, **points: Any) -> Case:
    """The first round up to the mark that the person is told."""
    return score(sit(seated(stage), right), **points)


def accept(case: Case, by: str = "陈思远") -> Case:
    """The person has no objection."""
    return case.do("确认成绩", "无异议", by=by, **CONFIRM)


def failed_twice(stage: Stage) -> Case:
    """Two rounds have failed by a little: rights are restricted, the training is called."""
    case = accept(scored(stage, 3))
    case.wait(workdays=5).do("开始考试", "开始考试", by="陈思远", ready=True)
    return accept(score(sit(case, 3), skill=None, work=None))


def object_to(case: Case, part: str) -> Case:
    """The person objects to one part of the mark."""
    return case.do("确认成绩", "提出异议", by="陈思远", objection_part=part, objection_reason="得分与答卷不符。")


def review(case: Case, act: str, by: str = "周岚", **changes: Any) -> Case:
    """Somebody else looks at the mark."""
    kept = {"review_marks": {"7": 8}, "review_skill": 80, "review_performance": 80}
    return case.do("复核成绩", act, by=by, **{**kept, "review_findings": "已对照答卷和评分依据。", **changes})
