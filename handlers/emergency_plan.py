"""What the platform itself does in 应急预案编制与修订 (第5.3.1条): put the plan in force, tell who has to know it."""

from __future__ import annotations

from typing import Any

KIND = "YJYA"


def put_in_force(
    context: Any,
    *,
    plan_title: str,
    plan_scope: str,
    plan_roles: str,
    plan_steps: str,
    plan_reporting: str,
    plan_resources: str | None,
    opinions: list[dict[str, Any]] | None,
    review: dict[str, Any],
    trainees: list[str],
) -> dict[str, Any]:
    """出具应急预案文书并施行，原预案同时失效，通知须学习的人。

    plan_title: 预案名称
    plan_scope: 适用范围
    plan_roles: 职责分工
    plan_steps: 处置流程
    plan_reporting: 报告要求
    plan_resources: 保障措施，可为空
    opinions: 部门意见
    review: 评审结果
    trainees: 须学习的人（账号）
    返回 plan: 施行的预案（number 编号、title 名称、version 版本）
    """
    heard = [[one["department"], one["position"] or "—", one["advice"] or "—"] for one in opinions or []]
    sections = [
        {"heading": "一、适用范围", "text": plan_scope},
        {"heading": "二、职责分工", "text": plan_roles},
        {"heading": "三、处置流程", "text": plan_steps},
        {"heading": "四、报告要求", "text": plan_reporting},
        {"heading": "五、保障措施", "text": plan_resources or "按现行保障办法执行。"},
        {"heading": "六、征求意见", "table": [["部门", "意见", "建议"], *(heard or [["无", "", ""]])]},
        {"heading": "七、专家评审", "text": f"专家 {review['total']} 人，同意 {review['agree']} 人，评审通过。"},
    ]
    issued = context.documents.issue(KIND, plan_title, sections, state="in_force")
    plan = {"number": issued["number"], "title": plan_title, "version": issued["version"]}
    text = f"《{plan_title}》第 {plan['version']} 版已施行，请学习并确认。"
    context.notify.send(list(dict.fromkeys(trainees)), text)
    return {"plan": plan}


def tell_absent(
    context: Any, *, trainees: list[str], studied: list[str] | None, plan: dict[str, Any]
) -> dict[str, Any]:
    """告知没有按期确认学习的人和应急指挥组。

    trainees: 须学习的人（账号）
    studied: 已经确认的人
    plan: 施行的预案
    返回 absent: 没有确认的人
    """
    absent = [account for account in trainees if account not in (studied or [])]
    command = [one["account"] for one in context.people.of_role("emergency")]
    text = f"《{plan['title']}》学习期限已到，还有 {len(absent)} 人没有确认学习。"
    context.notify.send(list(dict.fromkeys([*absent, *command])), text)
    return {"absent": absent}
