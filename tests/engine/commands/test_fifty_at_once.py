"""Fifty threads on one task, one case, one message, one job: one winner each, nobody waits for ever, all is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from engine.audit import verify_all
from engine.commands import claim_job, claim_task, complete_task, run_job, serve_job, start_process
from engine.errors import TaskTaken
from engine.jobs import run_due
from engine.models import Event, Instance, NumberSequence, Task
from tests.engine.bpmn.build import awaits, both, declared, element, end, event
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.exchange import Exchange, begin, job, work
from tests.fixtures.story import PAPERS, Story

FIFTY = 50
NAMES = {"hejing": "何静", "zhoulan": "周岚", "xuwenbo": "许文博"}


@pytest.fixture
def exchange(story: Story) -> Iterator[Exchange]:
    """A platform on which cases deal with each other; at the end its log proves itself."""
    yield Exchange(story)
    with story.platform.database.read() as session:
        assert verify_all(session).sound


@contextmanager
def nobody_runs(exchange: Exchange) -> Iterator[None]:
    """What is due stays for later."""
    run, exchange.run = exchange.run, lambda: 0  # type: ignore[method-assign]
    yield
    exchange.run = run  # type: ignore[method-assign]


def test_one_of_fifty_finishes_a_task_and_the_others_read_who_was_faster(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    people = [(account, story.person(account)) for account in NAMES]

    def act(number: int) -> Any:
        account, actor = people[number % len(people)]
        return complete_task(story.platform, actor, task_id, 1, "approve", account, PAPERS["review_necessity"])

    errors = failed(at_once([lambda n=n: act(n) for n in range(FIFTY)]))
    winner = NAMES[story.one(select(Task.opinion).where(Task.id == task_id))]
    assert [type(error) for error in errors] == [TaskTaken] * (FIFTY - 1)
    assert {str(error) for error in errors} == {f"{winner}（平台管理部）已于 2026-11-06 09:30 办理：通过。"}
    assert story.all(select(Event.kind)).count("task_completed") == 1
    assert case.waits == ["department_approval"]


def test_one_of_three_holds_a_task_that_fifty_pages_claim(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    people = [story.person(account) for account in NAMES]
    results = at_once([lambda n=n: claim_task(story.platform, people[n % len(people)], task_id) for n in range(FIFTY)])
    holder = story.row(task_id).assignee_id
    lost = [n for n in range(FIFTY) if people[n % len(people)].id != holder]
    assert [n for n in range(FIFTY) if isinstance(results[n], TaskTaken)] == lost
    assert len(failed(results)) == len(lost)
    assert story.all(select(Event.kind)).count("task_claimed") == 1


def test_fifty_tasks_of_one_case_are_finished_at_once(exchange: Exchange) -> None:
    ways = [f"w{n}" for n in range(FIFTY)]
    flows = "\n".join(["start > fork", *(f"fork > {way} > join" for way in ways), "join > last > end"])
    tasks = [work(way) for way in ways]
    exchange.publish("wide", begin(), both("fork"), *tasks, both("join"), work("last"), end(), flows=flows)
    case = exchange.start("wide")
    actor = exchange.story.person("chensiyuan")
    open_tasks = exchange.story.all(select(Task.id).where(Task.instance_id == case))
    assert len(open_tasks) == FIFTY
    before = exchange.case(case).revision
    acts = [lambda t=t: complete_task(exchange.platform, actor, t, 1, "submit", "", {}) for t in open_tasks]
    assert failed(at_once(acts)) == []
    assert exchange.open(case) == ["last"]
    assert exchange.log(case).count("task_completed") == FIFTY
    assert exchange.case(case).revision == before + FIFTY  # one change each, none on top of what it had not seen


def test_fifty_starts_draw_fifty_numbers(exchange: Exchange) -> None:
    exchange.publish("short", begin(), work("look"), end(), flows="start > look > end")
    actor = exchange.story.person("chensiyuan")
    results = at_once([lambda: start_process(exchange.platform, actor, "short", {})] * FIFTY)
    assert failed(results) == []
    numbers = sorted(exchange.story.all(select(Instance.number)))
    assert numbers == [f"SHT-2026-{n:04d}" for n in range(1, FIFTY + 1)]
    assert exchange.story.one(select(NumberSequence.last)) == FIFTY


def test_a_message_that_fifty_deliver_reaches_one_of_the_cases_that_wait(exchange: Exchange) -> None:
    cases = [receiver(exchange, first=n == 0) for n in range(5)]
    send(exchange, 1)
    [message] = exchange.jobs("message")
    results = at_once([lambda: run_job(exchange.platform, message.id)] * FIFTY)
    assert sorted(results) == [False] * (FIFTY - 1) + [True]
    assert [exchange.open(case) for case in cases] == [["after"], [], [], [], []]  # who waits longest
    assert (exchange.messages(), exchange.jobs()) == ([], [])


def test_messages_delivered_at_once_reach_a_case_each(exchange: Exchange) -> None:
    cases = [receiver(exchange, first=n == 0) for n in range(10)]
    send(exchange, 10)
    jobs = [row.id for row in exchange.jobs("message")]
    at_once([lambda n=n: run_job(exchange.platform, jobs[n % 10]) for n in range(FIFTY)])
    assert [exchange.open(case) for case in cases] == [["after"]] * 10
    assert [exchange.log(case).count("message_received") for case in cases] == [1] * 10
    assert (exchange.messages(), exchange.jobs()) == ([], [])


def test_of_fifty_workers_one_runs_a_job(exchange: Exchange) -> None:
    keys: list[str] = []
    exchange.publish(
        "payer",
        begin(),
        job("pay"),
        work("after"),
        end(),
        flows="start > pay > after > end",
        handlers={"toy.run": lambda context: keys.append(context.idempotency_key) or {}},
    )
    with nobody_runs(exchange):
        case = exchange.start("payer")
    [waiting] = exchange.jobs("service")

    def act(number: int) -> bool:
        claim = claim_job(exchange.platform, waiting.id, f"worker {number}")
        return claim is not None and serve_job(exchange.platform, claim)

    results = at_once([lambda n=n: act(n) for n in range(FIFTY)])
    assert sorted(results) == [False] * (FIFTY - 1) + [True]
    assert (len(keys), exchange.open(case), exchange.jobs()) == (1, ["after"], [])


def test_fifty_rounds_at_once_do_everything_that_is_due_once(exchange: Exchange) -> None:
    """Calls, messages and jobs of ten cases; every thread looks for work by itself."""
    keys: list[str] = []
    exchange.publish(
        "payer",
        begin(),
        job("pay"),
        element("endEvent", "tell", event("message", messageRef="paid"), name="tell"),
        declared("message", "paid"),
        flows="start > pay > tell",
        handlers={"toy.run": lambda context: keys.append(context.idempotency_key) or {}},
    )
    exchange.publish(
        "payee",
        begin("start", event("message", messageRef="paid")),
        work("look"),
        end(),
        declared("message", "paid"),
        flows="start > look > end",
    )
    with nobody_runs(exchange):
        cases = [exchange.start("payer") for _time in range(10)]
    assert failed(at_once([lambda: run_due(exchange.platform)] * FIFTY)) == []
    exchange.run()
    assert [exchange.ended(case) for case in cases] == ["completed"] * 10
    assert Counter(keys) == Counter(set(keys))
    assert len(keys) == 10
    assert [exchange.open(case.id) for case in exchange.cases("payee")] == [["look"]] * 10
    assert (exchange.messages(), exchange.jobs(), exchange.incidents()) == ([], [], [])


def receiver(exchange: Exchange, first: bool) -> int:
    """A case that waits for any message "paid"; the first one publishes its procedure."""
    if first:
        exchange.publish(
            "receiver",
            begin(),
            awaits("wait", event("message", messageRef="paid")),
            work("after"),
            end(),
            declared("message", "paid"),
            flows="start > wait > after > end",
        )
    return exchange.start("receiver")


def send(exchange: Exchange, times: int) -> None:
    """So many messages "paid" on their way."""
    exchange.publish(
        "sender",
        begin(),
        element("endEvent", "tell", event("message", messageRef="paid"), name="tell"),
        declared("message", "paid"),
        flows="start > tell",
    )
    with nobody_runs(exchange):
        for _time in range(times):
            exchange.start("sender")
