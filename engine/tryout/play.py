"""Plays a run on the real execution: the same forms, tables, calendar, candidates and handlers as a case, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import bpmn
from engine.casework.candidates import request_of, start_request
from engine.casework.case import title_of
from engine.casework.submission import typed
from engine.clock import local
from engine.errors import Forbidden, Invalid
from engine.forms import Form
from engine.i18n import _
from engine.organisation import CandidateRequest, Eligible
from engine.platform import Handler
from engine.tryout.outside import meet
from engine.tryout.procedure import Procedure
from engine.tryout.run import Start
from engine.tryout.sandbox import Budget
from engine.tryout.scene import Scene
from engine.tryout.story import Item
from engine.tryout.telling import Teller
from engine.tryout.world import Someone, World, eligible


class Play(Scene):
    """One case of a draft, from its start. After an act that raised, throw it away and play again."""

    def __init__(
        self, procedure: Procedure, world: World, handlers: Mapping[str, Handler], budget: Budget | None = None
    ) -> None:
        super().__init__(procedure, world, handlers, budget)
        self._teller = Teller(self)

    # ------------------------------------------------------------ start

    def begin(self, start: Start) -> None:
        """发起. Raises `Invalid`, `Forbidden`, `InvalidForm` or `ExecutionError`."""
        self.clock.move_to(start.at)
        definition = self.procedure.definition
        someone = self.someone(start.person)
        asked = start_of(definition)
        if asked.rule != "anyone" and someone.account not in _accounts(eligible(self.world, [asked])[0]):
            raise Forbidden(_("{who}不能发起这个流程：发起人规则里没有他。", who=someone))
        variables = self.fill(self.procedure.form(definition.start), start.data, {})
        self.services.actor = someone.account
        self.services.case = {
            "number": f"{definition.prefix or 'SY'}-{local(start.at):%Y}-0001",
            "title": title_of(definition, variables),
            "starter": someone.account,
            "starter_department": someone.department_code,
            "started_at": self.clock.now(),
        }
        self.next_step(_("{who}发起", who=someone), definition.start.id)
        begins = {**variables, "case": self.services.case}
        by_event = not definition.scopes[definition.key].first
        self.execution.start(begins, at=definition.start.id if by_event else None)
        self.settle()

    # ------------------------------------------------------------ for acts

    def someone(self, account: str) -> Someone:
        """The person; `Invalid` for one who is not there."""
        found = self.world.person(account)
        if found is None:
            raise Invalid(_("组织架构里没有“{account}”这个人，或他已停用。", account=account or "—"))
        return found

    def fill(self, form: Form | None, data: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
        """What a form says, as variables; `InvalidForm` by field."""
        sources = {source: self.world.options(source) for source in form.sources} if form else {}
        return typed(
            form, data, sources, self.clock.now(), context, self.services.projects.facts, self.procedure.labels
        )

    def settle(self) -> None:
        """Take up what has happened since the last call, and what follows from it outside the case."""
        self._take_up()
        while meet(self):
            self.budget.check()
            self._take_up()

    def _take_up(self) -> None:
        happenings = self.execution.drain()
        self.story.happenings += happenings
        started = {h.token_id for h in happenings if h.kind == "activity_started"}
        for item in self._opened(started):
            self.story.items.append(item)
        self._teller.tell(happenings)

    def _opened(self, started: set[int]) -> list[Item]:
        """What people get by this act, with those who may do it."""
        work = [item for item in self.execution.work if item.token_id in started]
        found = eligible(self.world, [request_of(self.execution, item) for item in work])
        return [self._item(item, who) for item, who in zip(work, found, strict=True)]

    def _item(self, work: bpmn.WorkItem, who: Eligible) -> Item:
        only = who.members[0].account if len(who.members) == 1 else None
        preferred = self.prefer.get(work.node.id)
        return Item(
            token_id=work.token_id,
            activity_id=work.activity_id,
            node=work.node,
            step=self.step,
            opened_at=self.clock.now(),
            due=work.due,
            members=who.members,
            nobody=who.nobody,
            holder=only or (preferred if preferred in _accounts(who) else None),
            loop_counter=work.loop_counter,
        )


def start_of(definition: bpmn.Definition) -> CandidateRequest:
    """Who may start."""
    rule = definition.start.candidates
    values = tuple(part.strip() for part in (rule.value or "").split(",")) if rule else ()
    return start_request(rule, values)


def _accounts(who: Eligible) -> set[str]:
    return {member.account for member in who.members}
