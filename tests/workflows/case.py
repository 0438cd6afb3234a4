"""A case as people move it: by names of steps, acts and persons, with forms checked by their own files.

The state is saved and loaded again before every act, as the platform does it.
"""

from __future__ import annotations

from typing import Any

from engine.bpmn import Execution, Happening, HappeningKind, WorkItem, dumps, loads
from tests.workflows.stage import Stage, procedure

UNFORMED = ("return", "reject")


class Case:
    """One running case of a procedure."""

    def __init__(self, stage: Stage, key: str, by: str, **data: Any) -> None:
        self.stage = stage
        self.procedure = procedure(key)
        starter = stage.organisation.accounts[by]
        assert starter in self._found(self.procedure.definition.start.candidates, {}), f"{by} may not start {key}"
        facts = {
            "number": f"{self.procedure.definition.prefix}-2026-0001",
            "title": data.get("change_title", ""),
            "starter": starter,
            "starter_department": stage.organisation.department_of[starter],
            "started_at": stage.clock.now(),
        }
        self._services = stage.services(key, facts)
        execution = Execution(self.procedure.definition, self._services)
        variables = self._fill(self.procedure.definition.start.form, data, {})
        execution.start({**variables, "case": facts})
        self._happened: list[Happening] = []
        self._save(execution)

    # ------------------------------------------------------------ acts

    def do(self, step: str, act: str, by: str, unchecked: bool = False, **data: Any) -> Case:
        """`by` does the open task `step` with the act of that label; `unchecked` leaves the form's rules out."""
        execution = self._load()
        item = self._mine(execution, step, by)
        actions = item.node.actions
        assert actions is not None
        action = next(action for action in actions.items if action.label == act)
        context = execution.variables_of(item.token_id)
        form = None if unchecked or action.kind in UNFORMED else item.node.form
        values = self._fill(form, data, context) if form else data
        account = self.stage.organisation.accounts[by]
        execution.complete(item.token_id, {**values, actions.variable: action.value, f"{actions.variable}_by": account})
        return self._save(execution)

    def give_back(self, step: str, by: str, to: str) -> Case:
        """退回 to a step of one's own choice."""
        execution = self._load()
        item = self._mine(execution, step, by)
        assert item.node.returnable, f"{step} cannot be returned freely"
        target = next(node.id for node in self.procedure.definition.nodes.values() if node.name == to)
        execution.return_to(item.token_id, target)
        return self._save(execution)

    def withdraw(self) -> Case:
        """撤销 by whoever started the case."""
        execution = self._load()
        execution.deliver("withdraw")
        return self._save(execution)

    def wait(self, workdays: int) -> Case:
        """Let working days pass, to the minute after the deadline of the last; due timers fire one by one."""
        moment = self.stage.calendar.add_working_days(self.stage.clock.now(), workdays).at
        self.stage.clock.move_to(moment)
        execution = self._load()
        execution.tick()
        return self._save(execution)

    # ------------------------------------------------------------ looks

    @property
    def waits(self) -> list[str]:
        """Names of the open tasks, oldest first; one for each person of a vote."""
        return [item.node.name for item in self._load().work]

    @property
    def outcome(self) -> str | None:
        """How the case ended; None while it runs."""
        execution = self._load()
        return execution.outcome if execution.state == "completed" else None

    @property
    def variables(self) -> dict[str, Any]:
        """The process variables."""
        return self._load().variables

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether 撤销 is offered."""
        return any(name == "withdraw" for name, _node in self._load().messages)

    def may_do(self, step: str) -> list[set[str]]:
        """For each open task of that name the names of the people who may do it."""
        execution = self._load()
        return [self._names(self._eligible(execution, item)) for item in execution.work if item.node.name == step]

    def told(self, kind: HappeningKind) -> list[str]:
        """Names of the nodes at which something of this kind has happened, in order."""
        nodes = self.procedure.definition.nodes
        return [nodes[happening.node_id].name for happening in self._happened if happening.kind is kind]

    def reasons(self) -> list[str]:
        """The explanations of the decisions made."""
        return [h.data["explanation"] for h in self._happened if h.kind is HappeningKind.DECISION_MADE]

    # ------------------------------------------------------------ within

    def _load(self) -> Execution:
        return loads(self._state, self.procedure.definition, self._services)

    def _save(self, execution: Execution) -> Case:
        happened = execution.drain()
        self._happened.extend(happened)
        self.stage.coverage.note(self.procedure.definition.key, happened)
        self._state = dumps(execution)
        return self

    def _fill(self, name: str | None, data: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
        form = self.procedure.forms[str(name)]
        offered = {source: self.stage.organisation.options(source) for source in form.sources}
        today = self.stage.clock.now().date()
        values = form.validate(data, offered, today, context)
        for field in form.fields:
            if field.source == "projects" and field.key in values:
                values[f"{field.key}_facts"] = self.stage.projects.facts(values[field.key])
        return values

    def _mine(self, execution: Execution, step: str, by: str) -> WorkItem:
        open_items = [item for item in execution.work if item.node.name == step]
        assert open_items, f"{step} is not open, but {[item.node.name for item in execution.work]}"
        account = self.stage.organisation.accounts[by]
        mine = [item for item in open_items if account in self._eligible(execution, item)]
        assert mine, f"{by} may not do {step}"
        return mine[0]

    def _eligible(self, execution: Execution, item: WorkItem) -> list[str]:
        rule = item.node.candidates
        assert rule is not None
        values = {
            name: execution.evaluate(text, item.token_id) if text else []
            for name, text in (("value", rule.value), ("exclude", rule.exclude))
        }
        return self._found(rule, values)

    def _found(self, rule: Any, values: dict[str, Any]) -> list[str]:
        organisation = self.stage.organisation
        wanted = values.get("value", (rule.value or "").split(","))
        excluded = values.get("exclude") or []
        found = organisation.find(rule.rule, wanted if isinstance(wanted, list) else [wanted])
        found = [account for account in found if account not in excluded]
        if not found and rule.fallback:
            kind, _, value = rule.fallback.partition(":")
            found = [account for account in organisation.find(kind, [value]) if account not in excluded]
        return found

    def _names(self, accounts: list[str]) -> set[str]:
        return {name for name, account in self.stage.organisation.accounts.items() if account in accounts}
