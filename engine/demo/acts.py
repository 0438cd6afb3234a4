"""What a person of the demo does when he gets to a case: every act is a real command, as the page would send it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from engine import bpmn
from engine.clock import local
from engine.commands import (
    claim_task,
    complete_task,
    mark_read,
    mark_task_read,
    recall_task,
    return_task,
    start_process,
    store_file,
    transfer_task,
    urge_case,
    withdraw_case,
)
from engine.demo.answers import answers_of
from engine.demo.paper import pdf_file
from engine.demo.reading import OpenTask, Reader, Sheet
from engine.demo.vocabulary import HERE, Step, Vocabulary
from engine.deployments import Deployed
from engine.errors import InvalidForm, NotNow
from engine.permissions import Actor
from engine.platform import Platform

LIKELY = {"approve": 88, "submit": 100, "agree": 86, "oppose": 8, "abstain": 6, "return": 8, "reject": 4, "rework": 10}
"""How often each kind of act is chosen where the vocabulary of the procedure says nothing."""

REFUSALS = 3
"""How often a form that was refused is filled in anew before the person gives up."""

WITH_FILE = 0.06
CHOSEN_RETURN = 0.3
"""Share of returns that go to an earlier step of the person's own choice, where the diagram allows it."""


@dataclass
class Case:
    """One case of the year: its procedure, its own random source, what it is about, what was done in it."""

    deployed: Deployed
    vocabulary: Vocabulary
    rng: Random
    starter: int
    instance_id: int = 0
    theme: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    returns: int = 0
    known: set[int] = field(default_factory=set)


@dataclass
class Figures:
    """What was played: acts of people, timers that fired. `refused` are forms that were not filled in right, `declined`
    acts that came too late or were not possible (sentence → times), as happens to people."""

    cases: int = 0
    acts: int = 0
    timers: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    declined: Counter[str] = field(default_factory=Counter)


class Hands:
    """Performs the acts."""

    def __init__(self, platform: Platform, reader: Reader, actors: Mapping[int, Actor], figures: Figures) -> None:
        self._platform = platform
        self._reader = reader
        self._actors = actors
        self._figures = figures
        self._looked: dict[int, date] = {}

    def start(self, case: Case) -> None:
        """发起; at times with a file."""
        actor, sheet = self._actors[case.starter], self._reader.start_sheet(case.deployed)
        case.theme, case.words = case.vocabulary.theme(case.rng)
        files = []
        if case.rng.random() < WITH_FILE:
            content = pdf_file("情况说明.pdf", case.deployed.name, actor.department)
            files.append(store_file(self._platform, actor, "情况说明.pdf", io.BytesIO(content)).id)

        def send(data: dict[str, Any]) -> None:
            key = case.deployed.key
            case.instance_id = start_process(self._platform, actor, key, data, files).instance_id

        self._filled(case, sheet, self._step(case, sheet, ""), send)
        self._figures.cases += 1

    def handle(self, case: Case, task: OpenTask, person: int, sheet: Sheet) -> bool:
        """办理, 退回 and the like; whether the act can be recalled."""
        actor = self._actors[person]
        self._look(actor, task)
        act = self._choose(case, sheet.node)
        step = self._step(case, sheet, act.value if act else "")
        opinion = step.opinion(act.kind, act.opinion == "required") if act and act.opinion != "none" else ""
        if act is not None and act.kind in ("return", "rework"):
            case.returns += 1
        elsewhere = act is not None and act.kind == "return" and sheet.node.returnable
        if elsewhere and case.rng.random() < CHOSEN_RETURN and self._return(case, actor, task, sheet.node, opinion):
            return False
        recallable = False

        def send(data: dict[str, Any]) -> None:
            nonlocal recallable
            value = act.value if act else ""
            done = complete_task(self._platform, actor, task.id, None, value, opinion, data)
            recallable = done.can_recall

        self._filled(case, sheet, step, send, unformed=act is not None and act.kind in ("return", "reject"))
        if sheet.node.multi_instance is None and (act is None or act.kind not in ("return", "reject")):
            case.done.append(task.node_id)
        return recallable

    def claim(self, task: OpenTask, person: int) -> None:
        """认领."""
        claim_task(self._platform, self._actors[person], task.id)
        self._figures.acts += 1

    def transfer(self, case: Case, task: OpenTask, person: int, to: int) -> None:
        """转办."""
        reason = case.rng.choice(_texts()["transfer"])
        transfer_task(self._platform, self._actors[person], task.id, None, self._actors[to].account, reason)
        self._figures.acts += 1

    def urge(self, case: Case) -> None:
        """催办 by whoever started the case."""
        urge_case(self._platform, self._actors[case.starter], case.instance_id)
        self._figures.acts += 1

    def withdraw(self, case: Case) -> None:
        """撤销."""
        reason = case.rng.choice(_texts()["withdraw"])
        withdraw_case(self._platform, self._actors[case.starter], case.instance_id, reason)
        self._figures.acts += 1

    def recall(self, task: OpenTask, person: int) -> None:
        """撤回."""
        recall_task(self._platform, self._actors[person], task.id)
        self._figures.acts += 1

    def read(self, person: int) -> None:
        """Look at the notices."""
        mark_read(self._platform, self._actors[person])

    def _look(self, actor: Actor, task: OpenTask) -> None:
        """Open the task; with the first one of the day, the notices too."""
        mark_task_read(self._platform, actor, task.id)
        today = local(self._platform.clock.now()).date()
        if self._looked.get(actor.id) != today:
            self._looked[actor.id] = today
            mark_read(self._platform, actor)

    def _choose(self, case: Case, node: bpmn.Node) -> bpmn.Action | None:
        """An act by its likelihood; the more often a case was sent back, the less likely it is again."""
        if node.actions is None:
            return None
        known = case.vocabulary.steps.get(node.id, {}).get("acts", {})
        weights = []
        for item in node.actions.items:
            weight = known.get(item.value, 0 if known else LIKELY.get(item.kind, 10))
            weights.append(weight / 3**case.returns if item.kind in ("return", "rework") else weight)
        return case.rng.choices(node.actions.items, weights)[0]

    def _return(self, case: Case, actor: Actor, task: OpenTask, node: bpmn.Node, opinion: str) -> bool:
        """退回 to an earlier step of one's own choice; False where there is none."""
        earlier = sorted(set(case.done) - {node.id})
        if not earlier:
            return False
        try:
            return_task(self._platform, actor, task.id, None, case.rng.choice(earlier), opinion)
        except NotNow:  # of a round that was cut off since: the drawn way remains
            return False
        self._figures.acts += 1
        return True

    def _step(self, case: Case, sheet: Sheet, act: str) -> Step:
        return Step(case.vocabulary, case.theme, case.words, sheet.node.id, act, case.rng)

    def _filled(self, case: Case, sheet: Sheet, step: Step, send: Any, unformed: bool = False) -> None:
        """Fill the form in and send it; what is refused is filled in anew."""
        today = local(self._platform.clock.now()).date()
        for attempt in range(REFUSALS):
            data: dict[str, Any] = {}
            if sheet.form is not None and not unformed:
                kept = sheet.kept if attempt == 0 else {}
                data = sheet.form.fill(case.rng, sheet.options, today, sheet.variables, kept, step)
                self._sit(case, sheet, data)
            try:
                send(data)
            except InvalidForm as error:
                where = f"{case.deployed.key} {sheet.node.id} {error.errors}"
                self._figures.refused[where] += 1
                if attempt == REFUSALS - 1:
                    raise
            else:
                self._figures.acts += 1
                return

    def _sit(self, case: Case, sheet: Sheet, data: dict[str, Any]) -> None:
        """Answer an exam as well as the vocabulary says people do; without that by chance, as it is filled in."""
        for one in sheet.form.fields if sheet.form is not None else ():
            known = case.vocabulary.exams.get(one.key)
            if one.type == "exam" and known is not None:
                share = case.rng.uniform(known[0], known[-1])
                data[one.key] = answers_of(self._platform, sheet.variables.get(one.paper), share)


@cache
def _texts() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = yaml.safe_load((Path(HERE) / "words.yaml").read_text(encoding="utf-8"))
    return found
