"""One of many open instances finished through HTTP, and ten thousand timers that are due at once."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import func, select

from engine.jobs import run_due
from engine.models import TIMERS, Job, Task
from engine.platform import Platform
from tests.bench import crowd
from tests.bench.stage import Visitor
from tests.fixtures import toy

ITEMS = (10, 100, 1_000)
TIMERS_DUE = 10_000
_REVIEW = f"""<bpmn:userTask id="review" name="会签" guicheng:clauses="2.2.3" camunda:formRef="slip">
  <bpmn:documentation>会签。</bpmn:documentation>
  <bpmn:extensionElements><guicheng:candidates rule="person" value="hejing"/>
    {toy.DEADLINE.format(due="5", unit="workday", remind="1", escalate="role:executive")}{toy.ACTIONS}
  </bpmn:extensionElements>
  <bpmn:multiInstanceLoopCharacteristics camunda:collection="= for n in 1..number(note) return n"
    camunda:elementVariable="seat" guicheng:outputCollection="votes" guicheng:outputElement="= act"/>
</bpmn:userTask>"""


class Instances:
    """Cases in which so many instances of one task are open; `finish` takes the next of them."""

    def __init__(self, platform: Platform, applicant: Visitor, reviewer: Visitor) -> None:
        toy.deploy(platform, toy.start(), _REVIEW, toy.end("f2"), toy.flows("begin>review", "review>done"))
        self._platform, self._applicant, self._reviewer = platform, applicant, reviewer
        self._open: dict[int, list[int]] = {items: [] for items in ITEMS}

    def path_of_next(self, items: int) -> str:
        """Where one of the open tasks is completed; a new case is begun before half of them are done."""
        if len(self._open[items]) <= items // 2:
            answer = self._applicant.send("/start/toy", {"data": {"note": str(items)}})
            case = int(answer.get_json()["location"].rsplit("/", 1)[1])
            with self._platform.database.read() as session:
                chosen = select(Task.id).where(Task.instance_id == case, Task.state == "open").order_by(Task.id)
                self._open[items] = list(session.scalars(chosen))
        return f"/tasks/{self._open[items].pop()}/complete"

    def finish(self, path: str) -> None:
        """Complete the task as its page does."""
        act: dict[str, Any] = {"revision": 1, "action": "submit", "opinion": "", "data": {}, "attachments": []}
        self._reviewer.send(path, act)


def line(items: int) -> str:
    """What the figure of so many instances is called."""
    return f"complete one of {items:,} instances"


def fire_timers(platform: Platform, applicant: Visitor, count: int = TIMERS_DUE) -> dict[str, Any]:
    """Seconds that so many timers take that are due at once, each in a case and a transaction of its own."""
    waiting = toy.timer("wait", "PT1S", "f1", "f2")
    toy.deploy(platform, toy.start(), waiting, toy.end("f2"), toy.flows("begin>wait", "wait>done"))
    assert platform.scheduler is not None
    platform.scheduler.stop()
    answer = applicant.send("/start/toy", {"data": {}})
    crowd.copy_case(platform, int(answer.get_json()["location"].rsplit("/", 1)[1]), count - 1, "SY")
    begun = time.perf_counter()
    while run_due(platform):
        pass
    seconds = time.perf_counter() - begun
    with platform.database.read() as session:
        due = select(func.count(Job.id)).where(Job.kind.in_(TIMERS), Job.due_at <= platform.clock.now())
        left = session.scalar(due)
    assert not left, f"{left} timers did not fire"
    return {"timers": count, "seconds": round(seconds, 2), "per_second": round(count / seconds)}
