"""`python -m tests.bench [--json FILE] [--database URL] [--rounds N]`: what acts and pages cost, beside the floor.

Each round measures the floor and every act once, one after the other, so that a busy moment of the machine hits all of
them alike. Wanted (exit code 1 when missed): completing a task commits once, sends at most 12 statements and takes at
most four times the floor, beside ten thousand open tasks six times.
"""

from __future__ import annotations

import argparse
import json
import os
import platform as machine
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine.platform import Platform
from engine.queries.people import next_actors
from tests.bench import alone, crowd, engine_alone, items, language, rounds, table
from tests.bench.floor import Floor
from tests.bench.meter import Meter
from tests.bench.stage import Visitor, installation, served
from tests.workflows.change_approval.papers import NECESSITY, NIGHT_MODE

OPEN_TASKS = 10_000
COMPLETE = "complete a task"
ENGINE = "engine alone: load, complete, run, save"


class Bench:
    """One scratch installation with its visitors, measured under several loads."""

    def __init__(self, platform: Platform, rounds: int) -> None:
        self._platform = platform
        self._rounds = rounds
        self._floor = Floor(platform.database)
        self._engine, *self.state_bytes = alone.reference_step()
        self._alone = engine_alone.steps()
        self.meter = Meter(platform.database)
        self.last_act: list[str] = []
        app = served(platform)
        self.applicant, self._reviewer = Visitor(app, "chensiyuan"), Visitor(app, "hejing")

    def measure_items(self) -> dict[str, Any]:
        """One of 10, 100 and 1,000 open instances."""
        cases = items.Instances(self._platform, self.applicant, self._reviewer)
        return self._one_of_each(items.ITEMS, items.line, lambda n: partial(cases.finish, cases.path_of_next(n)))

    def measure_rounds(self) -> dict[str, Any]:
        """The same task after none, 100 and 1,000 rounds of being sent back."""
        cases = rounds.Rounds(self._platform, self.applicant, self._reviewer)
        return self._one_of_each(rounds.ROUNDS, rounds.line, lambda n: partial(cases.decide, cases.task_of(n)))

    def _one_of_each(
        self, sizes: tuple[int, ...], line: Callable[[int], str], prepare: Callable[[int], Callable[[], None]]
    ) -> dict[str, Any]:
        """Beside the floor, for each size the act that was prepared."""
        meter = Meter(self._platform.database)
        for _number in meter.rounds(self._rounds):
            meter.run(table.FLOOR, self._floor.act)
            for size in sizes:
                meter.run(line(size), prepare(size))
        base = meter.figures[table.FLOOR].median
        return {"rows": [figures.as_json(base) for figures in meter.figures.values()]}

    def start_case(self) -> int:
        """A case of 项目变更审批 as its form sends it; answers its id."""
        answer = self.applicant.send("/start/change_approval", {"data": NIGHT_MODE})
        return int(answer.get_json()["location"].rsplit("/", 1)[1])

    def task_of(self, case: int) -> int:
        """The reviewer's open task of the case."""
        return next(one.task_id for one in next_actors(self._platform, case) if one.person.account == "hejing")

    def measure(self, more: dict[str, str]) -> dict[str, Any]:
        """All rounds under the present load; `more` are further pages of the reviewer by name."""
        meter, reviewer = self.meter, self._reviewer
        pages = {"inbox": "/inbox", "workbench": "/", **more}
        waiting = self.task_of(self.start_case())
        for _number in meter.rounds(self._rounds):
            case = meter.run("start a case", self.start_case)
            task = self.task_of(case)
            # side by side, so that neither finds the processor's caches in another state than the other
            meter.run(table.FLOOR, self._floor.act)
            meter.run("the same with twelve statements", self._floor.twelve)
            meter.run("the same, driver alone", self._floor.driver, database=False)
            act = {"revision": 1, "action": "approve", "opinion": "同意。", "data": NECESSITY, "attachments": []}
            meter.run(COMPLETE, lambda path=f"/tasks/{task}/complete", act=act: reviewer.send(path, act))
            self.last_act = list(meter.log) or self.last_act
            meter.run(ENGINE, self._engine, database=False)
            for name, step in self._alone.items():
                meter.repeat(name, step)
            meter.run("task page", lambda path=f"/tasks/{waiting}": reviewer.open(path))
            meter.run("case page", lambda path=f"/cases/{case}": reviewer.open(path))
            for name, path in pages.items():
                meter.run(name, lambda path=path: reviewer.open(path))
        base = meter.figures[table.FLOOR].median
        return {"rows": [figures.as_json(base) for figures in meter.figures.values()]}


def run(url: str, times: int, show_statements: bool) -> dict[str, Any]:
    """The whole benchmark on a scratch database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guicheng-bench-")))
        platform = stack.enter_context(installation(folder / "data", url))
        bench = Bench(platform, times)
        loads = [{"load": "no other open task", **bench.measure({})}]
        table.show(loads[-1])
        loads.append({"load": "one task with many instances", **bench.measure_items()})
        table.show(loads[-1])
        loads.append({"load": "one task after many rounds", **bench.measure_rounds()})
        table.show(loads[-1])
        crowd.copy_case(platform, bench.start_case(), OPEN_TASKS)
        loads.append({"load": "10,000 open tasks spread over everybody", **bench.measure({})})
        table.show(loads[-1])
        count = crowd.give_all_to(platform, "hejing")
        last_page = {"inbox, last page": f"/inbox?page={OPEN_TASKS // 20}", "inbox, searched": "/inbox?q=夜间模式"}
        loads.append({"load": f"{count:,} open tasks, all of this very person", **bench.measure(last_page)})
        table.show(loads[-1])
        crowd.give_to_nobody(platform)
        loads.append({"load": f"{count:,} open tasks to claim", **bench.measure({"claimable": "/claimable"})})
        table.show(loads[-1])
        fired = items.fire_timers(platform, bench.applicant)
        print("\n{timers:,} timers due at once: {seconds} s, {per_second} a second".format(**fired))
        if show_statements:
            print("\n".join(f"{n:>3}  {' '.join(text.split())[:150]}" for n, text in enumerate(bench.last_act, 1)))
        return {
            "database": _database(platform),
            "python": machine.python_version(),
            "processors": os.cpu_count(),
            "state_bytes": bench.state_bytes,
            "timers": fired,
            "loads": loads,
        }


def _database(platform: Platform) -> str:
    with platform.database.read() as session:
        if platform.database.is_sqlite:
            return f"SQLite {session.scalar(sa.text('SELECT sqlite_version()'))}, WAL, synchronous=FULL"
        durable = session.scalar(sa.text("SHOW fsync"))
        return f"PostgreSQL {session.scalar(sa.text('SHOW server_version'))}, fsync {durable}"


def main() -> int:
    """Run, print, write; 1 when a wanted figure was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database instead of a scratch SQLite")
    parser.add_argument("--rounds", type=int, default=100, help="measured rounds under each load")
    parser.add_argument("--statements", action="store_true", help="print the statements of completing a task")
    chosen = parser.parse_args()
    spoken = language.figures()
    missed = language.show(spoken)
    result = run(chosen.database, chosen.rounds, chosen.statements)
    result["language"] = [figure._asdict() for figure in spoken]
    if chosen.json:
        chosen.json.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return table.judge(result, COMPLETE) or bool(missed)


if __name__ == "__main__":
    sys.exit(main())
