"""What the platform does in 考核与补考 (第6.3.1、6.3.2条): checks the plan, tells of it, sums up its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

LONGEST = 30
"""Characters of a question in the table of the document."""


def check(
    context: Any,
    *,
    blueprint: str,
    heads: list[str] | None = None,
    business: list[str] | None = None,
    technical: list[str] | None = None,
) -> dict[str, Any]:
    """核对考核计划：题库够不够组卷，被考核人有没有重复或已离岗。

    blueprint: 组卷方案代码
    heads: 管理岗的账号
    business: 业务岗的账号
    technical: 技术岗的账号
    返回 assessed: 被考核人的账号、姓名、部门和岗位类别
    返回 problems: 须修改的问题，没有的为空
    """
    groups = {"管理岗": heads or [], "业务岗": business or [], "技术岗": technical or []}
    kinds = [(account, kind) for kind, accounts in groups.items() for account in accounts]
    known = {one["account"]: one for one in context.people.facts([account for account, _kind in kinds])}
    named = Counter(account for account, _kind in kinds)
    problems = context.exams.lacking(blueprint)
    if not kinds:
        problems.append("没有写明被考核人")
    twice = [account for account, times in named.items() if times > 1]
    if twice:
        problems.append(f"重复列入：{'、'.join(context.people.named(twice))}")
    gone = [account for account in named if account not in known]
    if gone:
        problems.append(f"已离岗或账号已停用：{'、'.join(context.people.named(gone))}")
    assessed = [
        {
            "account": account,
            "name": known[account]["name"],
            "department": known[account]["department"],
            "post_kind": kind,
        }
        for account, kind in kinds
        if account in known
    ]
    return {"assessed": assessed, "problems": problems}


def publish(
    context: Any, *, plan_title: str, opens_on: date, assessed: list[dict[str, Any]], planner: str | None = None
) -> dict[str, Any]:
    """公布计划：告知被考核人所在部门负责人、人事和提出计划的人。

    plan_title: 考核名称
    opens_on: 开放日期
    assessed: 被考核人
    planner: 提出计划的人
    """
    people = context.people.facts([one["account"] for one in assessed])
    leaders = [one["leader"] for one in people]
    text = f"“{plan_title}”已公布，{len(assessed)} 人参加，{opens_on:%Y年%m月%d日}起开放，请安排好工作。"
    _tell(context, [planner, *leaders, *_hr(context)], text)
    return {}


def report_progress(
    context: Any,
    *,
    plan_title: str,
    assessed: list[dict[str, Any]],
    results: list[dict[str, Any] | None] | None = None,
    planner: str | None = None,
) -> dict[str, Any]:
    """到期还有人没有合格，告知培训管理员和人事。

    plan_title: 考核名称
    assessed: 被考核人
    results: 已结束的结果
    planner: 提出计划的人
    """
    done = {one["person"] for one in results or [] if one and one.get("outcome")}
    names = "、".join(one["name"] for one in assessed if one["account"] not in done)
    _tell(context, [planner, *_hr(context)], f"“{plan_title}”到期还没有结束的：{names}。")
    return {}


def summarise(
    context: Any, *, plan_title: str, results: list[dict[str, Any]], planner: str | None = None
) -> dict[str, Any]:
    """汇总合格率和各题得分率，出具编号的成绩单。

    plan_title: 考核名称
    results: 每个人的结果
    planner: 提出计划的人
    返回 summary: 人数、合格、一次合格、终止的人数和合格率
    返回 score_sheet: 成绩单
    """
    passed = [one for one in results if one["outcome"] == "合格"]
    at_once = [one for one in passed if one["rounds"] == 1]
    summary = {
        "people": len(results),
        "passed": len(passed),
        "at_once": len(at_once),
        "stopped": len(results) - len(passed),
        "percent": 100 * len(passed) // len(results),
    }
    heads = ["姓名", "部门", "岗位类别", "轮次", "总分", "结果"]
    rows = [[one["name"], one["department"], one["post_kind"], *map(_text, _marks(one))] for one in results]
    papers = [paper for one in results for paper in one["papers"] or [] if paper is not None]
    figures = [
        [row["code"], row["kind"], row["stem"][:LONGEST], str(row["asked"]), f"{row['percent']}%"]
        for row in context.exams.figures(papers)
    ]
    overall = f"{summary['people']} 人参加，合格 {summary['passed']} 人，其中一次合格 {summary['at_once']} 人"
    sections = [
        {"heading": "总体", "text": f"{overall}；终止 {summary['stopped']} 人；合格率 {summary['percent']}%。"},
        {"heading": "成绩", "table": [heads, *rows]},
        {"heading": "各题得分率（低的在前）", "table": [["题号", "题型", "题目", "份数", "得分率"], *figures]},
    ]
    document = context.documents.issue("KHCJ", f"{plan_title}成绩单", sections)
    _tell(context, [planner, *_hr(context)], f"{plan_title}成绩单 {document['number']} 已出具：{overall}。")
    return {"summary": summary, "score_sheet": document}


def _marks(one: dict[str, Any]) -> list[Any]:
    return [one["rounds"], one["total"], one["level"] if one["outcome"] == "合格" else "终止"]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _hr(context: Any) -> list[str]:
    return [one["account"] for one in context.people.of_role("hr")]


def _tell(context: Any, accounts: Iterable[str | None], text: str) -> None:
    context.notify.send([account for account in dict.fromkeys(accounts) if account], text)
