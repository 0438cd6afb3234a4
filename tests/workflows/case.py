"""A case as people move it: by names of steps, acts and persons, played by the product's try-out.

The state is saved and loaded again before every act, as the platform does it with a case.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.bpmn import HappeningKind, dumps, loads
from engine.casework.case import title_of
from engine.casework.finishing import act_variables
from engine.casework.withdrawal import withdrawal_start
from engine.clock import local
from engine.tryout.acts import do
from engine.tryout.documents import Documents
from engine.tryout.run import Start, Step
from engine.tryout.sandbox import Projects
from engine.tryout.story import EntryKind, Item
from tests.workflows.stage import Stage, procedure


class Case:
    """One running case of a procedure."""

    def __init__(self, stage: Stage, key: str, by: str, **data: Any) -> None:
        self.stage = stage
        self.procedure = procedure(key)
        self._play = stage.play(key)
        self._noted = 0
        self._play.begin(Start(self._account(by), stage.clock.now(), data))
        self._note()

    @classmethod
    def called(cls, stage: Stage, key: str, starter: str, **inputs: Any) -> Case:
        """A case that a call activity of another one began; `starter` began that one."""
        return cls._by_itself(stage, key, starter, None, inputs)

    @classmethod
    def by_message(cls, stage: Stage, key: str, message: str, starter: str, **values: Any) -> Case:
        """A case that began with a message of another one, which `starter` began."""
        starts = procedure(key).definition.scopes[key].event_starts
        node = next(node for node in starts if message in [event.name for event in node.events])
        return cls._by_itself(stage, key, starter, node.id, values)

    @classmethod
    def by_timer(cls, stage: Stage, key: str, start: str, starter: str) -> Case:
        """A case that the timer of that start event began; `starter` is whom its rule names."""
        node = next(node for node in procedure(key).definition.scopes[key].event_starts if node.name == start)
        return cls._by_itself(stage, key, starter, node.id, {})

    @classmethod
    def _by_itself(cls, stage: Stage, key: str, starter: str, at: str | None, values: dict[str, Any]) -> Case:
        """As the platform starts one (`engine.casework.starting`): no form, no rule of who may start."""
        case = cls.__new__(cls)
        case.stage, case.procedure, case._noted = stage, procedure(key), 0
        case._play = play = stage.play(key)
        definition = case.procedure.definition
        begun_at = stage.clock.now()
        play.clock.move_to(begun_at)
        account = case._account(starter)
        play.services.case = {
            "number": f"{definition.prefix}-{local(begun_at):%Y}-0001",
            "title": title_of(definition, values),
            "starter": account,
            "starter_department": stage.organisation.department_of[account],
            "started_at": begun_at,
        }
        play.next_step("由其他流程发起", at or definition.start.id)
        play.execution.start({**values, "case": play.services.case}, at=at, is_called=at is None)
        play.settle()
        return case._note()

    # ------------------------------------------------------------ acts

    def do(self, step: str, act: str, by: str, unchecked: bool = False, **data: Any) -> Case:
        """`by` does the open task `step` with the act of that label; `unchecked` leaves the form's rules out."""
        item = self._open(step, by)
        assert item.node.actions is not None
        action = next(action for action in item.node.actions.items if action.label == act)
        account = self._account(by)
        if unchecked:
            self._play.next_step(f"{by} {act}", item.node.id)
            self._play.execution.complete(item.token_id, {**data, **act_variables(item.node, action, account)})
            self._play.settle()
            return self._note()
        opinion = "请按意见办理。" if action.opinion == "required" else ""
        return self._do(Step("complete", item.node.id, account, action.value, opinion, data=data))

    def give_back(self, step: str, by: str, to: str) -> Case:
        """退回 to a step of one's own choice."""
        item = self._open(step, by)
        assert item.node.returnable, f"{step} cannot be returned freely"
        target = next(node.id for node in self.procedure.definition.nodes.values() if node.name == to)
        return self._do(Step("return", item.node.id, self._account(by), opinion="请再核。", to=target))

    def withdraw(self) -> Case:
        """撤销 by whoever started the case."""
        return self._do(Step("withdraw", opinion="不再需要。"))

    def wait(self, workdays: int) -> Case:
        """Let working days pass, to the minute after the deadline of the last; due timers fire one by one."""
        return self._do(Step("wait", days=workdays))

    def called_ends(self, step: str, **answer: Any) -> Case:
        """The first case that the call activity `step` waits for ends with these variables."""
        return self._do(Step("answer", self._node(step), data=answer))

    def call_fails(self, step: str, code: str) -> Case:
        """The first case that the call activity `step` waits for ends with an error."""
        return self._do(Step("answer", self._node(step), action=code))

    def handler_answers(self, step: str, code: str) -> Case:
        """The next call of the handler at `step` answers with this error."""
        return self._do(Step("fail", self._node(step), action=code))

    def pass_time(self, **span: float) -> Case:
        """Let natural time pass (hours=…, minutes=…, days=…), and a minute more; due timers fire one by one."""
        return self._do(Step("wait", until=self._play.clock.now() + timedelta(**span) + timedelta(minutes=1)))

    def hear(self, message: str, **values: Any) -> Case:
        """A message of another case comes to this one."""
        nodes = self.procedure.definition.nodes
        node = next(one.node.id for one in self._play.execution.awaited if one.name == message)
        assert nodes[node].message == message
        return self._do(Step("message", node, data=values))

    # ------------------------------------------------------------ looks

    @property
    def waits(self) -> list[str]:
        """Names of the open tasks, oldest first; one for each person of a vote."""
        return [item.node.name for item in self._play.story.open]

    @property
    def outcome(self) -> str | None:
        """How the case ended; None while it runs."""
        execution = self._play.execution
        return execution.outcome if execution.state == "completed" else None

    @property
    def variables(self) -> dict[str, Any]:
        """The process variables."""
        return self._play.execution.variables

    @property
    def documents(self) -> Documents:
        """What this case has issued, and the documents in force as it sees them."""
        return self._play.services.documents

    @property
    def end(self) -> str:
        """Name of the event that happened last."""
        return self.told(HappeningKind.EVENT_OCCURRED)[-1]

    @property
    def now(self) -> datetime:
        """The clock of the case."""
        return self._play.clock.now()

    @property
    def calls(self) -> list[str]:
        """Names of the steps that wait for a called case, one for each case."""
        return [node.name for _token, node in self._play.execution.outside]

    @property
    def projects(self) -> Projects:
        """The projects as this case has left them."""
        return self._play.services.projects

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether 撤销 is offered."""
        return withdrawal_start(self._play.execution) is not None

    def may_do(self, step: str) -> list[set[str]]:
        """For each open task of that name the names of the people who may do it."""
        return [{member.name for member in item.members} for item in self._play.story.open if item.node.name == step]

    def told(self, kind: HappeningKind) -> list[str]:
        """Names of the nodes at which something of this kind has happened, in order."""
        nodes = self.procedure.definition.nodes
        return [nodes[happening.node_id].name for happening in self._play.story.happenings if happening.kind is kind]

    @property
    def codes(self) -> list[str]:
        """Codes of the errors that the diagram caught."""
        caught = [h for h in self._play.story.happenings if h.kind is HappeningKind.ERROR_CAUGHT]
        return [happening.data["code"] for happening in caught]

    def reasons(self) -> list[str]:
        """The explanations of the decisions made."""
        decided = [h for h in self._play.story.happenings if h.kind is HappeningKind.DECISION_MADE]
        return [happening.data["explanation"] for happening in decided]

    def effects(self) -> list[str]:
        """What handlers would have done to the platform."""
        return [entry.text for entry in self._play.story.entries if entry.kind is EntryKind.EFFECT]

    # ------------------------------------------------------------ within

    def _node(self, step: str) -> str:
        return next(node.id for node in self.procedure.definition.nodes.values() if node.name == step)

    def _account(self, name: str) -> str:
        return self.stage.organisation.accounts[name]

    def _do(self, step: Step) -> Case:
        do(self._play, step)
        return self._note()

    def _note(self) -> Case:
        happenings = self._play.story.happenings
        self.stage.coverage.note(self.procedure.definition.key, happenings[self._noted :])
        self._noted = len(happenings)
        execution = self._play.execution
        self._play.execution = loads(dumps(execution), self.procedure.definition, self._play.services)
        return self

    def _open(self, step: str, by: str) -> Item:
        items = [item for item in self._play.story.open if item.node.name == step]
        assert items, f"{step} is not open, but {self.waits}"
        account = self._account(by)
        mine = [item for item in items if account in item.accounts]
        assert mine, f"{by} may not do {step}"
        return mine[0]
