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
    """Write an approved and verified change into the baseline of `project` and tell those concerned.

    `cost_change` is in 万元 and is added to the contract amount. `expected_revision` is the baseline on which the case
    was decided; None means that a person has settled the new values against the baseline now in force.
    Returns `baseline`, the new facts. Raises the BPMN error BASELINE_CONFLICT when another change was faster.
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
