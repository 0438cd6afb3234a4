"""Several processes may do what is due at the same time: each piece of work is done once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from engine.jobs import run_due
from engine.queries.jobs import due_jobs
from tests.engine.bpmn.build import awaits, call, catch, declared, end, ends, event
from tests.fixtures.exchange import Exchange, begin, job, work
from tests.fixtures.story import Story

PATIENCE = 60
"""Seconds until a test gives up waiting."""


@pytest.fixture
def exchange(story: Story) -> Exchange:
    return Exchange(story)


def together(exchange: Exchange, workers: int = 3) -> None:
    """Several workers at once, from the same moment."""
    ready = threading.Barrier(workers)

    def at_work(_number: int) -> None:
        ready.wait(PATIENCE)
        run_due(exchange.platform)

    with ThreadPoolExecutor(workers) as threads:
        for done in [threads.submit(at_work, number) for number in range(workers)]:
            done.result(PATIENCE)
    run_due(exchange.platform)


def quietly(exchange: Exchange, key: str) -> int:
    """Start a case and leave what follows to the workers."""
    run, exchange.run = exchange.run, lambda: 0  # type: ignore[method-assign]
    try:
        return exchange.start(key)
    finally:
        exchange.run = run  # type: ignore[method-assign]


def test_one_message_is_taken_once(exchange: Exchange) -> None:
    exchange.publish(
        "receiver", begin(), awaits("wait", event("message", messageRef="paid")), work("after"), end(),
        declared("message", "paid"), flows="start > wait > after > end",
    )  # fmt: skip
    exchange.publish(
        "sender", begin(), ends("tell", event("message", messageRef="paid")), declared("message", "paid"),
        flows="start > tell",
    )  # fmt: skip
    waiting = [exchange.start("receiver") for _case in range(4)]
    for _message in range(3):
        quietly(exchange, "sender")
    together(exchange)
    assert sum(exchange.open(case) == ["after"] for case in waiting) == 3
    assert (exchange.messages(), exchange.jobs(), exchange.incidents()) == ([], [], [])


def test_one_call_begins_one_case(exchange: Exchange) -> None:
    exchange.publish("called", begin(), end(), flows="start > end")
    exchange.publish("caller", begin(), call("ask", "called"), end(), flows="start > ask > end")
    cases = [quietly(exchange, "caller") for _case in range(4)]
    together(exchange)
    assert [len(exchange.called_by(case)) for case in cases] == [1] * 4
    assert [exchange.ended(case) for case in cases] == ["completed"] * 4
    assert (exchange.jobs(), exchange.incidents()) == ([], [])


def test_one_timer_fires_once_and_one_handler_runs_once(exchange: Exchange) -> None:
    ran: list[str] = []

    def handler(context: Any) -> dict[str, Any]:
        ran.append(context.idempotency_key)
        return {}

    exchange.publish(
        "waiter", begin(), catch("pause", "PT1H"), job("pay"), work("after"), end(),
        flows="start > pause > pay > after > end", handlers={"toy.run": handler},
    )  # fmt: skip
    cases = [exchange.start("waiter") for _case in range(4)]
    exchange.clock.advance(timedelta(hours=1))
    together(exchange)
    assert [exchange.open(case) for case in cases] == [["after"]] * 4
    assert (len(ran), len(set(ran))) == (4, 4)
    assert exchange.incidents() == []


def test_what_wakes_each_other_without_end_does_not_keep_a_round(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.jobs.run.MOST", 10)
    again = "again"
    exchange.publish(
        "echo", begin("start", event("message", messageRef=again)), ends("tell", event("message", messageRef=again)),
        declared("message", again), flows="start > tell",
    )  # fmt: skip
    exchange.publish(
        "shout", begin(), ends("tell", event("message", messageRef="again")), declared("message", "again"),
        flows="start > tell",
    )  # fmt: skip
    quietly(exchange, "shout")
    assert run_due(exchange.platform) == 10
    assert len(exchange.cases("echo")) == 10
    assert len(due_jobs(exchange.platform)) == 1
