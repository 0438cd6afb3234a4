"""A task completed through HTTP in cases that were sent back never, a hundred times and a thousand times."""

from __future__ import annotations

from sqlalchemy import func, select

from engine.models import Task
from engine.platform import Platform
from tests.bench.stage import Visitor
from tests.fixtures import toy

ROUNDS = (0, 100, 1_000)
_MINE = 'rule="person" value="hejing"'


class Rounds:
    """One case for each number of rounds; every `decide` sends its case back once more."""

    def __init__(self, platform: Platform, applicant: Visitor, reviewer: Visitor) -> None:
        toy.deploy(
            platform,
            toy.start("begun"),
            toy.task("hand_in", _MINE, "begun", "handed_in"),
            toy.task("decide", _MINE, "handed_in", "decided"),
            '<bpmn:exclusiveGateway id="well" name="齐全？" default="good"/>',
            toy.end("good"),
            toy.way("begun", "begin", "hand_in"),
            toy.way("again", "well", "hand_in", '= note = "return" and string length(act) > 3', "否"),
            toy.way("handed_in", "hand_in", "decide"),
            toy.way("decided", "decide", "well"),
            toy.way("good", "well", "done", name="是"),
        )
        self._platform, self._applicant, self._reviewer = platform, applicant, reviewer
        self._cases = {rounds: self._begin(applicant, rounds) for rounds in ROUNDS}

    def _begin(self, applicant: Visitor, rounds: int) -> int:
        answer = applicant.send("/start/toy", {"data": {}})
        case = int(answer.get_json()["location"].rsplit("/", 1)[1])
        for _round in range(rounds):
            self._complete(self._open_task(case))
            self._complete(self._open_task(case), "return")
        return case

    def task_of(self, rounds: int) -> int:
        """The open task of the case, after what must be done before it; none of this is timed. The fresh case is a
        new one each time."""
        if not rounds:
            self._cases[rounds] = self._begin(self._applicant, rounds)
        self._complete(self._open_task(self._cases[rounds]))
        return self._open_task(self._cases[rounds])

    def decide(self, task: int) -> None:
        """Send the case back."""
        self._complete(task, "return")

    def _open_task(self, case: int) -> int:
        with self._platform.database.read() as session:
            return session.scalars(select(func.max(Task.id)).where(Task.instance_id == case, Task.is_open)).one()

    def _complete(self, task: int, note: str = "") -> None:
        data = {"note": note}
        act = {"revision": 1, "action": "submit", "opinion": "", "data": data, "attachments": []}
        self._reviewer.send(f"/tasks/{task}/complete", act)


def line(rounds: int) -> str:
    """What the figure of so many rounds is called."""
    return f"complete a task after {rounds:,} rounds" if rounds else "complete a task of a fresh case"
