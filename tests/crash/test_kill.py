"""The server is killed thirty times at random moments while three people work; nothing is lost, nothing done twice."""

from __future__ import annotations

import random
import threading

import pytest

from engine.platform import Platform
from tests.crash import ledger
from tests.crash.crew import Crew
from tests.crash.server import Server

SEED = 20261106
KILLS = 30
AT_ONCE = 6
"""Cases kept running while the server is being killed."""


@pytest.mark.long
def test_thirty_kills_lose_nothing_and_double_nothing(platform: Platform, server: Server) -> None:
    chance = random.Random(SEED)
    server.start()
    over, up = threading.Event(), threading.Event()
    crew = Crew(platform, server.port, SEED, wanted=lambda: 0 if over.is_set() else AT_ONCE, up=up)

    def pull_the_plug() -> None:
        try:
            for _time in range(KILLS):
                over.wait(chance.uniform(0.02, 1.2))  # the moment is the point of it
                up.clear()
                server.kill()
                server.start()
                up.set()
        except BaseException as trouble:  # a thread's failure is the test's failure
            crew.troubles.append(trouble)
        finally:
            over.set()
            up.set()

    killer = threading.Thread(target=pull_the_plug)
    killer.start()
    try:
        crew.work(workers=3)
    finally:
        over.set()
        killer.join()
        server.stop()
    assert crew.acknowledged.unanswered > 0, "no request was ever interrupted: the test proves nothing"
    assert len(crew.acknowledged.completed) > KILLS
    print(f"{len(crew.acknowledged.completed)} acts, {crew.acknowledged.unanswered} without an answer")
    ledger.check(platform, crew.acknowledged)
    assert "request_failed" not in server.log_file.read_text(encoding="utf-8")
