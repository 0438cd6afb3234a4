"""What a try-out gives the engine and the handlers instead of the platform: effects are remembered, never done."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine import bpmn
from engine.calendar import WorkingCalendar
from engine.casework import services
from engine.clock import MovableClock
from engine.errors import ExecutionError
from engine.i18n import _
from engine.platform import Handler
from engine.ports import HandlerContext
from engine.tryout.documents import Accounts, Documents
from engine.tryout.effects import Effect
from engine.tryout.exams import Exams, Training
from engine.tryout.procedure import Procedure
from engine.tryout.world import World, name_of

SECONDS = 4.0
"""How long one replay may take."""


class Projects:
    """The projects port: new baselines live in this run only."""

    def __init__(self, world: World, told: list[Effect]) -> None:
        self._world = world
        self._told = told
        self._new: dict[str, dict[str, Any]] = {}

    def facts(self, code: str) -> dict[str, Any] | None:
        """The baseline in force, as this run has left it."""
        if code in self._new:
            return dict(self._new[code])
        found = self._world.facts(code)
        return dict(found) if found else None

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        """Who has had a hand in the project's changes."""
        return self._world.involved(code, steps)

    def put_forward(self, code: str) -> str | None:
        """As the real port: the number of another case that has put it forward, if one runs."""
        facts = self.facts(code)
        other: str | None = facts.get("acceptance_case") if facts else None
        if facts is not None and other is None:
            self._told.append(Effect(_("登记“{project}”有验收申请在办", project=facts["name"]), ""))
        return other

    def accept(self, code: str, *, result: str, on: date, certificate: str) -> dict[str, Any] | None:
        """As the real port: None when it has been accepted already."""
        values = {"acceptance_result": result, "accepted_on": on, "certificate": certificate, "acceptance_from": None}
        return self._judge(code, values, _("验收{result}，证书 {number}", result=result, number=certificate))

    def fail_acceptance(self, code: str, *, again_from: date) -> dict[str, Any] | None:
        """As the real port: None when it has been accepted already."""
        values = {"acceptance_result": "不通过", "acceptance_from": again_from}
        return self._judge(code, values, _("验收不通过，{day} 起可以再次申请", day=again_from))

    def _judge(self, code: str, values: dict[str, Any], detail: str) -> dict[str, Any] | None:
        facts = self.facts(code)
        if facts is None or facts.get("accepted_on") is not None:
            return None
        self._told.append(Effect(_("登记“{project}”的验收结果", project=facts["name"]), detail))
        self._new[code] = {**facts, **values}
        return dict(self._new[code])

    def update_baseline(
        self, code: str, *, cost_change: Decimal, end_date: date, scope: str, reason: str, expected_revision: int
    ) -> dict[str, Any] | None:
        """As the real port: None when the baseline is another by now."""
        facts = self.facts(code)
        if facts is None or facts["revision"] != expected_revision:
            return None
        values = {
            "contract_amount": facts["contract_amount"] + cost_change,
            "reserve": facts["reserve"] - cost_change,
            "end_date": end_date,
            "scope": scope,
            "revision": facts["revision"] + 1,
        }
        detail = _(
            "合同额 {a} → {b} 万元，完工日期 {c} → {d}",
            a=facts["contract_amount"],
            b=values["contract_amount"],
            c=facts["end_date"],
            d=end_date,
        )
        self._told.append(
            Effect(_("更新“{project}”的基线为第 {n} 版", project=facts["name"], n=values["revision"]), detail)
        )
        self._new[code] = {**facts, **values}
        return {"code": code, **values}


class Notify:
    """The notices port."""

    def __init__(self, world: World, told: list[Effect]) -> None:
        self._world = world
        self._told = told

    def send(self, accounts: Iterable[str], text: str) -> None:
        """Remember a notice; unknown accounts are passed over, as the real port does."""
        names = [name_of(self._world, account) for account in accounts if self._world.person(account)]
        if names:
            self._told.append(Effect(_("通知 {who}", who="、".join(names)), text[:400]))


class People:
    """The people port, over the world of the run."""

    def __init__(self, world: World) -> None:
        self._world = world

    def of_role(self, role: str) -> list[dict[str, Any]]:
        """As the real port."""
        return self._members("role", role)

    def of_department(self, code: str) -> list[dict[str, Any]]:
        """As the real port."""
        return self._members("department", code)

    def facts(self, accounts: Iterable[str]) -> list[dict[str, Any]]:
        """As the real port."""
        found = [self._world.person(account) for account in dict.fromkeys(accounts)]
        return [
            {
                "account": someone.account,
                "name": someone.name,
                "department": someone.department,
                "department_code": someone.department_code,
                "leader": next((one.account for one in self._world.members("leader", someone.department_code)), None),
            }
            for someone in found
            if someone is not None
        ]

    def named(self, accounts: Iterable[str]) -> list[str]:
        """As the real port."""
        return [name_of(self._world, account) for account in accounts]

    def _members(self, rule: str, value: str) -> list[dict[str, Any]]:
        return [
            {"account": member.account, "name": member.name, "department": member.department}
            for member in self._world.members(rule, value)
        ]


class Budget:
    """Ends a replay that takes too long; `now` counts seconds."""

    def __init__(self, seconds: float = SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seconds = seconds
        self._end = now() + seconds

    def check(self) -> None:
        """Raise `ExecutionError` once the time is used up."""
        if self._now() > self._end:
            raise ExecutionError(
                _("试运行超过 {n} 秒没有停下来，可能在自动循环。请检查计时和回路，前面的步骤都还在。", n=self._seconds)
            )


class SandboxServices:
    """`engine.bpmn.Services` of a try-out. `effects` fills up as handlers run, one list a call; `failures` are error
    codes that the next call at a node is to answer with."""

    def __init__(
        self,
        procedure: Procedure,
        world: World,
        handlers: Mapping[str, Handler],
        clock: MovableClock,
        budget: Budget,
    ) -> None:
        self._procedure = procedure
        self._world = world
        self._handlers = handlers
        self._clock = clock
        self._calendar = WorkingCalendar()
        self._budget = budget
        self._told: list[Effect] = []
        self.projects = Projects(world, self._told)
        self.documents = Documents(world, self._told)
        self.exams = Exams(self._told)
        self.actor: str | None = None
        self.case: dict[str, Any] = {}
        self.effects: list[tuple[str, list[Effect]]] = []
        self.failures: dict[str, str] = {}
        self.stores: dict[str, Any] = {}

    def now(self) -> datetime:
        """The try-out's clock."""
        self._budget.check()
        return self._clock.now()

    def due(self, start: datetime, amount: Decimal | int, unit: str) -> bpmn.Due:
        """The real working calendar."""
        count = self._calendar.add_hours if unit == "hour" else self._calendar.add_working_days
        return bpmn.Due(*count(start, amount))

    def decide(self, decision_id: str, variables: Mapping[str, Any]) -> tuple[Any, str, list[dict[str, Any]]]:
        """The draft's decision tables."""
        return services.decide(self._procedure.decision(decision_id), variables)

    def labels(self) -> Mapping[str, str]:
        """What the draft calls its variables."""
        return self._procedure.labels

    def serve(self, node: bpmn.Node, inputs: dict[str, Any]) -> dict[str, Any]:
        """The real handler, with ports that only remember."""
        self._told.clear()
        if node.id in self.failures:
            code = self.failures.pop(node.id)
            raise bpmn.BpmnError(code, _("试运行中指定它返回错误 {code}。", code=code))
        self.documents.now = self._clock.now()
        context = HandlerContext(
            now=self._clock.now(),
            actor=self.actor,
            case={"number": self.case["number"], "title": self.case["title"]},
            projects=self.projects,
            notify=Notify(self._world, self._told),
            people=People(self._world),
            documents=self.documents,
            accounts=Accounts(self._world, self._told),
            exams=self.exams,
            training=Training(self._world, self._told, self._clock.now()),
        )
        outputs = services.serve(self._handlers, node, inputs, context)
        self.effects.append((node.id, list(self._told)))
        return outputs

    def read_store(self, name: str) -> Any:
        """What this run has written; a try-out begins with empty stores."""
        return self.stores.get(name)

    def write_store(self, name: str, value: Any) -> None:
        """Kept for this run only."""
        self.stores[name] = value
