"""Processes that run cases, timers, messages and service jobs, alone and two at a time, are killed two hundred times:
every case ends, every effect is there once."""

from __future__ import annotations

import multiprocessing
import random
import signal
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pytest

from engine.clock import MovableClock
from engine.jobs import run_due
from engine.platform import Platform
from tests.crash import balance
from tests.crash.life import STEP, Acting, Life, live
from tests.crash.traffic import Journal, paying, publish_all

SEED = 20261106
KILLS = 200
AT_ONCE = 8
"""Payments kept running while the process is being killed."""
MOST = 20
"""Transactions that a life may begin to commit. Counted instead of timed: a busy machine does as much between two kills
as an idle one."""
MOMENT = 0.01
"""Seconds within which it is killed thereafter; hence in the middle of a commit, after it, or somewhere on the way."""
BIRTH = 0.2
"""The same for a process that is killed while it begins."""
IDLE = 0.5
"""Seconds after which a life has nothing to do until the clock moves."""
PATIENCE = 60

SPAWNING = multiprocessing.get_context("forkserver")
"""Each life is forked off a process that has imported everything and opened nothing: as good as new, in a moment."""


@pytest.mark.long
def test_two_hundred_kills_of_the_engine_leave_every_case_whole(
    platform: Platform, clock: MovableClock, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "journal.txt")
    publish_all(platform, paying(journal, fatal=False))
    chance = random.Random(SEED)
    SPAWNING.set_forkserver_preload(["pytest", "tests.crash.life"])
    alive: list[Running] = []
    for number in range(KILLS):
        clock.advance(STEP)
        alive.append(Running(life_of(platform, tmp_path, number, fatal=number % 4 == 0)))
        if number % 3 == 0 and number + 1 < KILLS:
            continue  # the next one works beside it, and takes what this one holds for lapsed
        chance.shuffle(alive)
        while alive:
            alive.pop().kill(chance, at_birth=number % 10 == 5)
    work_to_the_end(platform, clock, journal)
    balance.check(platform, journal)
    paid = [key for key, _number in journal.read("paid")]
    again = len(paid) - len(set(paid))
    print(f"{len(set(paid))} payments, {again} effects again, {len(journal.read('completed'))} acts")
    assert again > 0, "no job was ever interrupted after its effect: the test proves nothing"
    assert len(set(paid)) > KILLS // 10


def life_of(platform: Platform, folder: Path, number: int, fatal: bool) -> Life:
    """The next life, on the platform's database and at its clock's time."""
    environment = {
        "DATA_DIR": str(platform.settings.data_dir),
        "DATABASE_URL": platform.settings.database_url,
        "JOB_ATTEMPTS": "20",  # a try that was killed counts
    }
    return Life(environment, folder, platform.clock.now(), f"{SEED} {number}", AT_ONCE, fatal)


class Running:
    """A life that has begun, or is about to."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._hears, signs = SPAWNING.Pipe(duplex=False)
        self._process = SPAWNING.Process(target=live, args=(life, signs))
        self._process.start()
        signs.close()

    def kill(self, chance: random.Random, at_birth: bool) -> None:
        """Let it live for a moment and pull the plug; `at_birth`: perhaps before it has done anything."""
        process, life = self._process, self._life
        with self._hears:
            if not at_birth:
                assert wait([self._hears, process.sentinel], PATIENCE)
                watch(self._hears, chance.randint(1, MOST))
            process.join(chance.uniform(0, BIRTH if at_birth else MOMENT))  # the moment is the point of it
            process.kill()
            process.join(PATIENCE)
        assert process.exitcode == -signal.SIGKILL, "it ended by itself"
        assert not life.troubles.exists(), life.troubles.read_text(encoding="utf-8")


def watch(hears: Connection, commits: int) -> None:
    """Until so many transactions are about to be committed, or nothing happens any more."""
    try:
        for _time in range(commits):
            if not hears.poll(IDLE):
                return
            hears.recv_bytes()
    except EOFError:
        return  # its handler has killed it


def work_to_the_end(platform: Platform, clock: MovableClock, journal: Journal) -> None:
    """Nobody kills any more: do what there is to do until nothing is left."""
    people = Acting(platform, journal)
    for _time in range(20):
        clock.advance(STEP)
        while run_due(platform) or people.tasks():
            for task in people.tasks():
                people.act(*task)
    assert people.running() == 0
