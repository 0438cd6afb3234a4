"""People who together bring cases to their end over HTTP, whatever happens to the server, and remember every answer.

Where a case stands is read from the database; every act goes through the server. An act without an answer is neither
repeated blindly nor counted: the next look shows whether it was done.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from engine.clock import LOCAL
from engine.models import Instance, InstanceState, Person, Task, TaskCandidate, TaskState
from engine.platform import Platform
from tests.crash.papers import LARGER, act_at
from tests.crash.visitor import NoAnswer, Visitor
from tests.workflows.change_approval.papers import NIGHT_MODE


@dataclass(frozen=True)
class OpenTask:
    """A task somebody could do now."""

    id: int
    node_id: str
    revision: int
    account: str
    claimed: bool
    title: str


@dataclass
class Acknowledged:
    """What the server has answered with 200."""

    started: list[int] = field(default_factory=list)
    completed: list[int] = field(default_factory=list)
    claimed: list[int] = field(default_factory=list)
    refused: dict[int, list[str]] = field(default_factory=dict)
    unanswered: int = 0


class Crew:
    """Several workers at once; `wanted()` says how many cases are to be running, `up` is set while the server is."""

    def __init__(
        self, platform: Platform, port: int, seed: int, wanted: Callable[[], int], up: threading.Event
    ) -> None:
        self._platform = platform
        self._port = port
        self._seed = seed
        self._wanted = wanted
        self._up = up
        self._remembering = threading.Lock()
        self.acknowledged = Acknowledged()
        self.troubles: list[BaseException] = []

    def work(self, workers: int) -> None:
        """Until no case is wanted and none is left."""
        threads = [threading.Thread(target=self._worker, args=(number,)) for number in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.troubles:
            raise self.troubles[0]

    def _worker(self, number: int) -> None:
        chance = random.Random(self._seed * 100 + number)
        visitors: dict[str, Visitor] = {}

        def visitor(account: str) -> Visitor:
            return visitors.setdefault(account, Visitor(self._port, account))

        try:
            while not self.troubles:
                tasks, running = self._look()
                if running < self._wanted():
                    self._start(visitor("chensiyuan"), chance)
                elif tasks:
                    task = chance.choice(tasks)
                    self._act(visitor(task.account), task, chance)
                elif not running:
                    return
        except BaseException as trouble:  # a thread's failure is the test's failure
            self.troubles.append(trouble)

    def _look(self) -> tuple[list[OpenTask], int]:
        """Every open task once for each person who can do it, and the number of running cases."""
        statement = (
            select(Task, Person.account, Instance.title)
            .join(TaskCandidate, TaskCandidate.task_id == Task.id)
            .join(Person, TaskCandidate.person_id == Person.id)
            .join(Instance, Task.instance_id == Instance.id)
            .where(Task.state == TaskState.OPEN)
            .where((Task.assignee_id == Person.id) | Task.assignee_id.is_(None))
        )
        with self._platform.database.read() as session:
            running = select(func.count(Instance.id)).where(Instance.state == InstanceState.RUNNING)
            tasks = [
                OpenTask(task.id, task.node_id, task.revision, account, task.assignee_id is not None, title)
                for task, account, title in session.execute(statement)
            ]
            return tasks, session.scalar(running) or 0

    def _start(self, visitor: Visitor, chance: random.Random) -> None:
        data = chance.choice((NIGHT_MODE, NIGHT_MODE, LARGER))
        answer = self._send(visitor, "/start/change_approval", {"data": data})
        if answer is not None:
            status, reply = answer
            assert status == 200, reply
            with self._remembering:
                self.acknowledged.started.append(int(reply["location"].rsplit("/", 1)[1]))

    def _act(self, visitor: Visitor, task: OpenTask, chance: random.Random) -> None:
        if not task.claimed and chance.random() < 0.3:
            self._remember(task, "claimed", self._send(visitor, f"/tasks/{task.id}/claim", {}))
            return
        cost = NIGHT_MODE["cost_change"] if task.title == NIGHT_MODE["change_title"] else LARGER["cost_change"]
        action, data = act_at(task.node_id, datetime.now(LOCAL).date().isoformat(), cost)
        content = {"revision": task.revision, "action": action, "opinion": "同意。", "data": data, "attachments": []}
        self._remember(task, "completed", self._send(visitor, f"/tasks/{task.id}/complete", content))

    def _remember(self, task: OpenTask, kind: str, answer: tuple[int, dict[str, str]] | None) -> None:
        if answer is None:
            return
        status, reply = answer
        # 404: another worker's act has taken the task away from this person between look and act
        assert status in (200, 404, 409), (task, status, reply)
        with self._remembering:
            if status == 200:
                getattr(self.acknowledged, kind).append(task.id)
            else:
                self.acknowledged.refused.setdefault(task.id, []).append(reply["message"])

    def _send(self, visitor: Visitor, path: str, content: dict[str, object]) -> tuple[int, dict[str, str]] | None:
        try:
            return visitor.send(path, content)
        except NoAnswer:
            with self._remembering:
                self.acknowledged.unanswered += 1
            self._up.wait(60)
            return None
