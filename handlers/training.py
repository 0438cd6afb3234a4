"""What the platform does in 培训实施与建档 (第6.2.1至6.2.3条): the list of who is invited, the archive, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

ABSENT = "缺训"


def invite(
    context: Any,
    *,
    title: str,
    attendees: Sequence[str],
    departments: Sequence[str],
    held_on: date,
    days: int | Decimal,
    teacher: str | None = None,
    held_time: str | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """合并点名的人员和邀请的部门，去掉授课人和离岗的人，列出名单，通知报名。

    title: 培训名称
    attendees: 点名的人员账号
    departments: 邀请的部门代码
    held_on: 开课日期
    days: 几个工作日内答复
    teacher: 授课人账号
    held_time: 时间
    place: 地点或链接
    返回 roster: 名单，每人有账号、姓名、部门、部门代码、部门负责人账号
    错误 NOBODY: 没有可以参加的人
    """
    asked = [*attendees]
    for department in departments:
        asked += [person["account"] for person in context.people.of_department(department)]
    roster = context.people.facts([account for account in asked if account != teacher])
    if not roster:
        context.error("NOBODY", f"“{title}”没有可以参加的人。")
    where = "，".join(part for part in (f"{_day(held_on)} {held_time or ''}".strip(), place) if part)
    _tell(
        context,
        [person["account"] for person in roster],
        f"请参加培训“{title}”（{where}），{days} 个工作日内答复参加或请假。",
    )
    if teacher:
        _tell(context, [teacher], f"请为培训“{title}”（{where}）授课，学员 {len(roster)} 人。")
    return {"roster": roster}


def record(
    context: Any,
    *,
    title: str,
    mode: str,
    held_on: date,
    hours: int | Decimal,
    roster: Sequence[Mapping[str, Any]],
    present: Sequence[str],
    expected: Sequence[Mapping[str, Any]],
    results: Sequence[Mapping[str, Any]],
    feedback: Mapping[str, Any],
    attended: Sequence[str],
    sessions: Sequence[Mapping[str, Any]],
    place: str | None = None,
    teacher: str | None = None,
    exercise: str | None = None,
    practice_case: str | None = None,
) -> dict[str, Any]:
    """到场的每个人记一条培训档案，写明学时和结果；记下这一期谁到谁缺。

    title: 培训名称
    mode: 方式
    held_on: 开课日期
    hours: 学时
    roster: 名单
    present: 到场人员账号
    expected: 报名的认定
    results: 每人的实操得分和结果
    feedback: 评价汇总
    attended: 以前各期到场的人员账号
    sessions: 以前各期
    place: 地点或链接
    teacher: 授课人
    exercise: 实操形式
    practice_case: 练了什么
    返回 sessions: 各期，加上这一期
    返回 attended: 到目前为止到场的人员账号
    返回 absent: 还没有参加的人员账号
    """
    by_person = {row["person"]: row for row in results}
    for account in present:
        row = by_person[account]
        context.training.record(
            account, "training", title, row["result"], score=row["points"], hours=hours, date=held_on
        )
    here = set(present)
    absent = [person["account"] for person in roster if person["account"] not in here]
    why = {row["person"]: row["standing"] for row in expected}
    session = {
        "no": len(sessions) + 1,
        "held_on": held_on,
        "mode": mode,
        "place": place,
        "teacher": teacher,
        "hours": hours,
        "exercise": "：".join(part for part in (exercise, practice_case) if part),
        "results": [dict(by_person[account]) for account in present],
        "absent": [{"person": account, "why": why.get(account, "")} for account in absent],
        "feedback": dict(feedback),
    }
    _tell(context, present, f"培训“{title}”已记入你的培训档案，{hours} 学时。")
    failed = [account for account in present if by_person[account]["result"] == "不合格"]
    _tell(context, failed, f"培训“{title}”的实操没有达到合格分数，已记入档案，请加强练习。")
    return {
        "sessions": [*sessions, session],
        "attended": list(dict.fromkeys([*attended, *present])),
        "absent": absent,
    }


def tell_leaders(
    context: Any, *, title: str, held_on: date, absent: Sequence[str], rounds: int | Decimal
) -> dict[str, Any]:
    """补训次数用完仍缺席：记入本人档案，告知本人、部门负责人和人事。

    title: 培训名称
    held_on: 最后一期的日期
    absent: 缺席人员账号
    rounds: 一共几期
    """
    people = context.people.facts(absent)
    for person in people:
        context.training.record(person["account"], "training", title, ABSENT, hours=0, date=held_on)
    _tell(context, absent, f"培训“{title}”共 {rounds} 期，你都没有参加，已记入培训档案。")
    led: dict[str | None, list[str]] = {}
    for person in people:
        led.setdefault(person["leader"], []).append(person["name"])
    for leader, names in led.items():
        _tell(context, [leader], f"你部门的{'、'.join(names)}没有参加培训“{title}”，补训次数已经用完，请督促。")
    staff = [person["account"] for person in context.people.of_role("hr")]
    _tell(context, staff, f"培训“{title}”仍有人缺训：{'、'.join(context.people.named(absent))}。")
    return {}


def archive(
    context: Any,
    *,
    title: str,
    contents: Sequence[str],
    sessions: Sequence[Mapping[str, Any]],
    absent: Sequence[str],
    notify: Sequence[str | None],
    reason: str | None = None,
    material: str | None = None,
) -> dict[str, Any]:
    """编号、归档培训档案：每期的安排、签到、结果、评价和仍缺席的人。

    title: 培训名称
    contents: 培训内容
    sessions: 各期
    absent: 仍缺席的人员账号
    notify: 要通知的人员账号
    reason: 再培训的原因
    material: 教材和要求
    返回 training_number: 培训编号，即事项编号
    返回 archive: 档案的编号和文件
    """
    facts = [["项目", "内容"], ["培训名称", title], ["内容", "、".join(contents) or "—"]]
    facts += [[name, text] for name, text in (("原因", reason), ("教材和要求", material)) if text]
    sections: list[dict[str, Any]] = [{"heading": "培训", "table": facts}]
    for session in sessions:
        sections += _session(context, session)
    left = "、".join(context.people.named(absent)) if absent else "没有。"
    sections.append({"heading": "仍缺席的人员", "text": left})
    issued = context.documents.issue("PXDA", f"培训档案：{title}"[:60], sections)
    _tell(context, notify, f"培训“{title}”已办结，档案 {issued['number']}，仍缺席 {len(absent)} 人。")
    return {
        "training_number": context.case["number"],
        "archive": {"number": issued["number"], "files": issued["files"]},
    }


def call_off(
    context: Any,
    *,
    title: str,
    roster: Sequence[Mapping[str, Any]],
    attendees: Sequence[str],
    attended: Sequence[str],
    why: str,
) -> dict[str, Any]:
    """告知已经通知的人员培训不办了；没有参加过的都列为缺席。

    title: 培训名称
    roster: 名单
    attendees: 点名的人员账号
    attended: 以前各期到场的人员账号
    why: 为什么不办
    返回 absent: 没有参加的人员账号
    返回 training_number: 培训编号，即事项编号
    """
    invited = [person["account"] for person in roster]
    done = set(attended)
    absent = [account for account in dict.fromkeys([*attendees, *invited]) if account not in done]
    _tell(context, [account for account in invited if account not in done], f"培训“{title}”取消（{why}）。")
    return {"absent": absent, "training_number": context.case["number"]}


def _session(context: Any, session: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Two sections of one session: what was held, and each person with what came of it."""
    results = session["results"]
    names = context.people.named([row["person"] for row in results])
    away = context.people.named([row["person"] for row in session["absent"]])
    teacher = context.people.named([session["teacher"]])[0] if session["teacher"] else "—"
    feedback = session["feedback"]
    said = "没有人评价" if not feedback["count"] else f"{feedback['count']} 人，平均 {feedback['mean']} 分（满分 5 分）"
    held = [
        ["项目", "内容"],
        ["日期", _day(session["held_on"])],
        ["方式和地点", f"{session['mode']}，{session['place'] or '—'}"],
        ["学时", session["hours"]],
        ["授课人", teacher],
        ["实操", session["exercise"] or "—"],
        ["评价", said],
        *[["建议", advice] for advice in feedback["advice"]],
    ]
    rows: list[list[Any]] = [["学员", "签到", "实操得分", "结果"]]
    for name, row in zip(names, results, strict=True):
        rows.append([name, "到", "—" if row["points"] is None else row["points"], row["result"]])
    rows += [
        [name, "缺", "—", f"缺席（报名：{row['why']}）"] for name, row in zip(away, session["absent"], strict=True)
    ]
    heading = f"第 {session['no']} 期"
    return [{"heading": heading, "table": held}, {"heading": f"{heading}签到和结果", "table": rows}]


def _tell(context: Any, accounts: Iterable[str | None], text: str) -> None:
    told = [account for account in dict.fromkeys(accounts) if account]
    if told:
        context.notify.send(told, text)


def _day(value: date) -> str:
    return f"{value.year} 年 {value.month} 月 {value.day} 日"
