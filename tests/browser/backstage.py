"""Cases brought to where a test begins, by the product's own commands on the server's database.

What is under test happens in the browser; the way there need not, so tests stay quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.boot import open_platform
from engine.commands import claim_task, complete_task, start_process
from engine.config import Settings
from engine.permissions import Actor
from engine.queries.people import actor_by_account, next_actors
from tests.workflows.change_approval.papers import NECESSITY, NIGHT_MODE

APPROVAL = {
    "approved_cost": 3,
    "approved_end_date": "2027-04-04",
    "window": "每周六 00:00–06:00",
    "agreement": "不需要",
}
PANEL = {
    "panel": ["zhangweimin", "fengbo", "heyuan"],
    "affected_departments": ["finance", "information"],
    "panel_size": 3,
    "review_mode": "书面论证",
    "review_focus": "技术路线、费用测算和对在办业务的影响。",
}


class Backstage:
    """The same database as the server's, from another process."""

    def __init__(self, data_dir: Path) -> None:
        self.platform = open_platform(Settings.from_environment({"DATA_DIR": str(data_dir)}))

    def close(self) -> None:
        """Let go of the database."""
        self.platform.database.dispose()

    def actor(self, account: str) -> Actor:
        """A person by account."""
        found = actor_by_account(self.platform, account)
        assert found is not None, account
        return found

    def propose(self, title: str, by: str = "chensiyuan", **changes: Any) -> int:
        """A started case with this title; answers its id."""
        data = {**NIGHT_MODE, **changes, "change_title": title}
        return start_process(self.platform, self.actor(by), "change_approval", data).instance_id

    def task(self, instance_id: int, account: str) -> int:
        """The open task of this case that this person may do."""
        return next(one.task_id for one in next_actors(self.platform, instance_id) if one.person.account == account)

    def claim(self, instance_id: int, account: str) -> int:
        """Claim the group's task."""
        task_id = self.task(instance_id, account)
        claim_task(self.platform, self.actor(account), task_id)
        return task_id

    def complete(
        self, instance_id: int, account: str, action: str, data: Mapping[str, Any] | None = None, opinion: str = ""
    ) -> int:
        """Do this person's task; answers its id."""
        task_id = self.task(instance_id, account)
        complete_task(self.platform, self.actor(account), task_id, None, action, opinion, dict(data or {}))
        return task_id

    def at_approval(self, title: str, **changes: Any) -> int:
        """A small case that waits for 雷震 at 部门负责人审批, found necessary by 何静."""
        case = self.propose(title, **changes)
        self.complete(case, "hejing", "approve", NECESSITY, "同意。")
        return case

    def at_order(self, title: str) -> int:
        """A small case that waits for its order."""
        case = self.at_approval(title)
        self.complete(case, "leizhen", "department_approved", APPROVAL, "同意。")
        return case

    def at_vote(self, title: str) -> int:
        """A larger case (较大) with three experts and two departments at work."""
        case = self.propose(title, cost_change=30, schedule_change=10)
        self.complete(case, "hejing", "approve", NECESSITY, "同意。")
        self.complete(case, "hejing", "submit", PANEL)
        return case
