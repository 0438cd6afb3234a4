"""The server restarted in the middle of a case, stopped while requests run, asked for its health while it starts."""

from __future__ import annotations

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from engine.clock import LOCAL
from engine.models import Instance, Task, TaskState
from engine.platform import Platform
from engine.queries.people import next_actors
from tests.crash.papers import act_at
from tests.crash.server import Server
from tests.crash.visitor import Visitor
from tests.workflows.change_approval.papers import NIGHT_MODE

WAY = ("hejing", "leizhen", "hejing", "qiancheng", "zhongxiaoyan")
"""Who does the five steps of a small change."""


def do_next(platform: Platform, visitor: Visitor, case: int) -> tuple[int, dict[str, Any]]:
    """This person's open task of the case, through the server."""
    task_id = next(one.task_id for one in next_actors(platform, case) if one.person.account == visitor.account)
    with platform.database.read() as session:
        node_id, revision = session.execute(select(Task.node_id, Task.revision).where(Task.id == task_id)).one()
    action, data = act_at(node_id, datetime.now(LOCAL).date().isoformat(), NIGHT_MODE["cost_change"])
    content = {"revision": revision, "action": action, "opinion": "同意。", "data": data, "attachments": []}
    return visitor.send(f"/tasks/{task_id}/complete", content)


def propose(visitor: Visitor) -> int:
    """A small change; answers the id of its case."""
    status, reply = visitor.send("/start/change_approval", {"data": NIGHT_MODE})
    assert status == 200, reply
    return int(reply["location"].rsplit("/", 1)[1])


def test_a_case_goes_on_after_a_kill_and_after_a_stop(platform: Platform, server: Server) -> None:
    server.start()
    visitors = {account: Visitor(server.port, account) for account in ("chensiyuan", *WAY)}
    case = propose(visitors["chensiyuan"])
    for number, account in enumerate(WAY):
        status, reply = do_next(platform, visitors[account], case)
        assert status == 200, reply
        if number == 1:
            server.kill()
            server.start()
    assert server.get("/readyz")[0] == 200
    server.begin_stop()
    server.finish_stop()
    assert server.exit_code == 0
    with platform.database.read() as session:
        assert session.scalar(select(Instance.outcome).where(Instance.id == case)) == "completed"
    assert "Traceback" not in server.log_file.read_text(encoding="utf-8")


def test_a_stop_lets_running_requests_finish(platform: Platform, server: Server) -> None:
    server.start()
    applicant, reviewers = Visitor(server.port, "chensiyuan"), [Visitor(server.port, a) for a in ("hejing", "xuwenbo")]
    cases = [propose(applicant) for _reviewer in reviewers]
    for reviewer in reviewers:
        reviewer.sign_in()
        reviewer.sent.clear()
    with ThreadPoolExecutor(len(cases)) as pool:
        with platform.database.write() as session:  # whoever wants to change these cases has to wait now
            session.execute(text("UPDATE instance SET revision = revision"))
            acts = [pool.submit(do_next, platform, *pair) for pair in zip(reviewers, cases, strict=True)]
            _are_read(server, reviewers)
            server.begin_stop()
            _refuses_newcomers(server)
        answers = [act.result(timeout=30) for act in acts]
    server.finish_stop()
    assert server.exit_code == 0
    assert [status for status, _reply in answers] == [200, 200]
    with platform.database.read() as session:
        done = session.scalars(select(Task.instance_id).where(Task.state == TaskState.COMPLETED)).all()
    assert sorted(done) == cases
    assert "Traceback" not in server.log_file.read_text(encoding="utf-8")


def test_while_it_starts_it_never_answers_wrongly(server: Server) -> None:
    started = threading.Event()
    answers: list[tuple[str, int]] = []

    def ask() -> None:
        last_round = False
        while not last_round:
            last_round = started.is_set()
            for path in ("/healthz", "/readyz"):
                try:
                    answers.append((path, server.get(path)[0]))
                except (OSError, http.client.HTTPException):
                    continue  # not listening yet

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        server.start()
    finally:
        started.set()
        asking.join()
        server.stop()
    assert set(answers) == {("/healthz", 200), ("/readyz", 200)}


def _are_read(server: Server, visitors: list[Visitor]) -> None:
    """Until the server has read what these people sent: what it answers later was sent later."""
    assert all(visitor.sent.wait(30) for visitor in visitors)
    for _time in range(3):
        assert server.get("/healthz")[0] == 200


def _refuses_newcomers(server: Server) -> None:
    """Until nobody new is let in: the stop has begun."""
    while True:
        try:
            server.get("/healthz")
        except (OSError, http.client.HTTPException):
            return
