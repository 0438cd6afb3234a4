"""What the platform does in 个人考核 (第6.3.1—6.3.3条): papers, grades, the archive, limits of an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")


def identify(context: Any, *, person: str, plan_title: str, opens_on: date | None = None) -> dict[str, Any]:
    """查明被考核人所在部门和负责人，通知本人。

    person: 被考核人账号
    plan_title: 考核名称
    opens_on: 开放日期
    返回 person_facts: 被考核人的姓名、部门、部门代码和部门负责人账号
    错误 PERSON_GONE: 账号不存在或已停用
    """
    found = context.people.facts([person])
    if not found:
        context.error("PERSON_GONE", f"{person} 已离岗或账号已停用，不再考核。")
    today = context.now.astimezone(HERE).date()
    when = f"{opens_on:%Y年%m月%d日}起" if opens_on and opens_on > today else "现在起"
    _tell(context, [person], f"你被列为“{plan_title}”的考核对象，{when}可以在待办里开始考试。")
    return {"person_facts": found[0]}


def draw(context: Any, *, blueprint: str, seed: str) -> dict[str, Any]:
    """按组卷方案组卷，同一种子得到同一份试卷。

    blueprint: 组卷方案代码
    seed: 种子
    返回 paper: 试卷
    错误 BANK_LACKING: 题库里的题目不够，或没有这个方案
    """
    lacking = context.exams.lacking(blueprint)
    if lacking:
        context.error("BANK_LACKING", "；".join(lacking))
    return {"paper": context.exams.draw(blueprint, seed)}


def grade(
    context: Any, *, paper: Mapping[str, Any] | None = None, answers: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """客观题判分，列出须由人阅卷的简答题；没有参加的计零分。

    paper: 试卷，缺考的没有
    answers: 答案
    返回 grading: 客观题得分、满分、全卷满分和已答题数
    返回 open_answers: 须阅卷的简答题及参考答案
    """
    if paper is None:
        return {"grading": {"objective": 0, "objective_max": 0, "points": 100, "answered": 0}, "open_answers": []}
    graded = context.exams.grade(paper["paper_id"], answers or {})
    known = {key: graded[key] for key in ("objective", "objective_max", "answered")}
    return {"grading": {**known, "points": paper["points"]}, "open_answers": graded["open"]}


def announce(
    context: Any,
    *,
    person: str,
    plan_title: str,
    written: Decimal,
    skill_score: Decimal,
    performance_score: Decimal,
    total: Decimal,
    verdict: Mapping[str, Any],
    objection_days: int,
) -> dict[str, Any]:
    """把成绩告知本人。

    person: 被考核人账号
    plan_title: 考核名称
    written: 笔试得分
    skill_score: 操作技能得分
    performance_score: 工作业绩得分
    total: 总分
    verdict: 结论
    objection_days: 可以提出异议的工作日数
    """
    parts = f"笔试 {written}，操作技能 {skill_score}，工作业绩 {performance_score}"
    text = f"“{plan_title}”成绩：{parts}；总分 {total}，{verdict['conclusion']}。"
    _tell(context, [person], f"{text}有异议的请在 {objection_days} 个工作日内提出。")
    return {}


def record(
    context: Any,
    *,
    person: str,
    plan_title: str,
    round_no: int,
    written: Decimal,
    skill_score: Decimal,
    performance_score: Decimal,
    total: Decimal,
    verdict: Mapping[str, Any],
    marks: Mapping[str, Any] | None = None,
    paper_id: int | None = None,
    history: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """登记一轮的成绩：各题得分计入题库统计，记入本人的培训档案。

    person: 被考核人账号
    plan_title: 考核名称
    round_no: 第几轮
    written: 笔试得分
    skill_score: 操作技能得分
    performance_score: 工作业绩得分
    total: 总分
    verdict: 结论
    marks: 阅卷人对各题的给分
    paper_id: 试卷编号，缺考的没有
    history: 以前各轮
    返回 history: 各轮的成绩
    返回 failures: 不合格的次数
    """
    if paper_id is not None:
        context.exams.record_scores(paper_id, person, marks or {})
    title = plan_title if round_no == 1 else f"{plan_title}（第 {round_no - 1} 次补考）"
    context.training.record(person, "assessment", title, verdict["level"], total)
    row = {
        "round": round_no,
        "paper": paper_id,
        "written": written,
        "skill": skill_score,
        "performance": performance_score,
        "total": total,
        "conclusion": verdict["conclusion"],
        "level": verdict["level"],
        "cause": verdict["cause"],
    }
    rounds = [*(history or []), row]
    return {"history": rounds, "failures": sum(one["conclusion"] != "合格" for one in rounds)}


def restrict(context: Any, *, person_facts: Mapping[str, Any], plan_title: str, failures: int) -> dict[str, Any]:
    """限制账号的权限直到合格，告知部门负责人。

    person_facts: 被考核人
    plan_title: 考核名称
    failures: 第几次不合格
    """
    reason = f"“{plan_title}”第 {failures} 次考核不合格（{context.case['number']}），考核合格后解除"
    context.accounts.restrict(person_facts["account"], reason)
    who = f"{person_facts['name']}（{person_facts['department']}）"
    _tell(context, [person_facts["leader"]], f"{who}第 {failures} 次考核不合格，权限已受限，请督促其参加培训和补考。")
    return {}


def tell_remedy(
    context: Any,
    *,
    person_facts: Mapping[str, Any],
    plan_title: str,
    verdict: Mapping[str, Any],
    remedy: Mapping[str, Any],
) -> dict[str, Any]:
    """把补考或再培训的安排告知本人和部门负责人。

    person_facts: 被考核人
    plan_title: 考核名称
    verdict: 结论
    remedy: 补救办法
    """
    days = remedy["wait_days"]
    step = f"{days} 个工作日后补考" if remedy["measure"] == "补考" else f"先参加再培训，再过 {days} 个工作日补考"
    text = f"{person_facts['name']}“{plan_title}”{verdict['conclusion']}（{verdict['cause']}）：{step}。"
    _tell(context, [person_facts["account"], person_facts["leader"]], text)
    return {}


def conclude(
    context: Any,
    *,
    person_facts: Mapping[str, Any],
    plan_title: str,
    post_kind: str,
    standard: Mapping[str, Any],
    history: list[dict[str, Any]],
    restricted: bool | None = None,
    plan_number: str | None = None,
) -> dict[str, Any]:
    """考核合格：解除限制，出具个人成绩单并归档，通知有关人员。

    person_facts: 被考核人
    plan_title: 考核名称
    post_kind: 岗位类别
    standard: 考核标准
    history: 各轮的成绩
    restricted: 是否限制过权限
    plan_number: 考核计划编号，个别考核的没有
    返回 assessment_outcome: 结果
    返回 transcript: 个人成绩单
    """
    if restricted:
        context.accounts.lift(person_facts["account"])
    heads = ["轮次", "笔试", "操作技能", "工作业绩", "总分", "等次"]
    keys = ("round", "written", "skill", "performance", "total", "level")
    weights = (
        f"笔试 {standard['written_weight']}%，操作技能 {standard['skill_weight']}%，"
        f"工作业绩 {standard['performance_weight']}%；合格线 {standard['pass_mark']} 分"
    )
    who = f"{person_facts['name']}（{person_facts['department']}）"
    sections = [
        {"heading": "被考核人", "text": f"{who}，{post_kind}"},
        {"heading": "各轮成绩", "table": [heads, *([str(row[key]) for key in keys] for row in history)]},
        {"heading": "计分办法", "text": weights},
        {"heading": "结论", "text": f"{history[-1]['level']}，总分 {history[-1]['total']}。"},
    ]
    document = context.documents.issue("KHCJ", f"{person_facts['name']}{plan_title}成绩单", sections, number=False)
    told = [person_facts["account"], person_facts["leader"]]
    if plan_number is None:
        told += [one["account"] for one in context.people.of_role("hr")]
    _tell(context, told, f"{who}“{plan_title}”{history[-1]['level']}，总分 {history[-1]['total']}，已归档。")
    return {"assessment_outcome": "合格", "transcript": document}


def stop(
    context: Any, *, person: str, plan_title: str, restricted: bool | None = None, reason: str | None = None
) -> dict[str, Any]:
    """终止考核：解除限制，告知本人。

    person: 被考核人账号
    plan_title: 考核名称
    restricted: 是否限制过权限
    reason: 理由
    返回 assessment_outcome: 结果
    """
    if restricted:
        context.accounts.lift(person)
    _tell(context, [person], f"“{plan_title}”对你的考核已终止。{reason or ''}")
    return {"assessment_outcome": "终止"}


def _tell(context: Any, accounts: Iterable[str | None], text: str) -> None:
    context.notify.send([account for account in dict.fromkeys(accounts) if account], text)
