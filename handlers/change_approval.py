"""What the platform itself does in 项目变更审批 (第2.2.3条): put the new baseline of the project in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any


def update_baseline(
    context: Any,
    *,
    project: str,
    cost_change: Decimal | int | float,
    end_date: date | str,
    scope: str,
    reason: str,
    expected_revision: int | None,
    notify: list[str | None],
) -> dict[str, Any]:
    """把批准并验证通过的变更写入项目现行基线，并通知有关人员。

    project: 项目编号
    cost_change: 费用增减（万元），加到合同额上
    end_date: 新的完工日期
    scope: 新的建设范围
    reason: 变更名称，写入基线记录和通知
    expected_revision: 作出决定时的基线版本；为空表示人工已对照现行基线核定
    notify: 要通知的人员账号
    返回 baseline: 更新后的基线（合同额、预备费、完工日期、建设范围、版本）
    错误 BASELINE_CONFLICT: 办理期间基线已被其他变更改动，没有更新
    """
    if expected_revision is None:
        expected_revision = context.projects.facts(project)["revision"]
    baseline = context.projects.update_baseline(
        project,
        cost_change=Decimal(str(cost_change)),
        end_date=end_date if isinstance(end_date, date) else date.fromisoformat(end_date),
        scope=scope,
        reason=f"{context.case['number']} {reason}",
        expected_revision=expected_revision,
    )
    if baseline is None:
        context.error("BASELINE_CONFLICT", "项目基线在办理期间已被其他变更改动，须由平台管理部人工核定。")
    concerned = [account for account in dict.fromkeys(notify) if account]
    context.notify.send(concerned, f"“{reason}”已验证通过，项目基线已更新为第 {baseline['revision']} 版。")
    return {"baseline": baseline}
