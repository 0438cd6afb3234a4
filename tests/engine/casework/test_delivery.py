"""Messages find the one case that waits for them, wait until somebody takes them, and are never delivered twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml.etree import _Element as Element
from sqlalchemy import delete, update

from engine.casework.delivery import _keep
from engine.commands import discard_message, run_job, send_again, suspend_case, withdraw_case
from engine.commands.stop_case import resume_case
from engine.models import Job, Message
from tests.engine.bpmn.build import awaits, beside, data, declared, element, end, ends, event, guicheng
from tests.fixtures.exchange import Exchange, begin, work


def message(name: str = "paid", **attributes: str) -> Element:
    return event("message", messageRef=name, **attributes)


def receiver(exchange: Exchange, key: str = "= note") -> None:
    """A process that waits for the message with the note of its form as its key."""
    exchange.publish(
        "receiver",
        begin(),
        work("write"),
        awaits("wait", message(guicheng_correlationKey=key)),
        work("after"),
        end(),
        declared("message", "paid"),
        flows="start > write > wait > after > end",
    )


def sender(exchange: Exchange) -> None:
    """A process that sends the message with the note of its form as its key."""
    given = data(inputs=[("note", '= "已付"')])
    exchange.publish(
        "sender",
        begin(),
        work("write"),
        element("endEvent", "tell", given, message(guicheng_correlationKey="= note"), name="tell"),
        declared("message", "paid"),
        flows="start > write > tell",
    )


def waiting(exchange: Exchange, key: str) -> int:
    """A case that waits for the message with that key."""
    case = exchange.start("receiver")
    exchange.do(case, "write", note=key)
    return case


def send(exchange: Exchange, key: str) -> int:
    """A case that sends the message with that key; its id."""
    case = exchange.start("sender")
    exchange.do(case, "write", note=key)
    return case


def test_what_a_case_waits_for_stands_in_the_table(exchange: Exchange) -> None:
    receiver(exchange)
    case = exchange.start("receiver")
    assert exchange.waits(case) == []
    exchange.do(case, "write", note="A")
    assert exchange.waits(case) == [("message", "paid", "A")]
    assert exchange.why(case) == "等待：wait。等消息“paid”。"


def test_a_message_reaches_the_case_with_its_key_and_no_other(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    first, second = waiting(exchange, "A"), waiting(exchange, "B")
    send(exchange, "B")
    assert (exchange.open(first), exchange.open(second)) == ([], ["after"])
    assert (exchange.messages(), exchange.jobs(), exchange.waits(second)) == ([], [], [])
    assert "message_received" in exchange.log(second)


def test_of_two_that_wait_alike_the_longer_waiting_takes_it_alone(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    first, second = waiting(exchange, "A"), waiting(exchange, "A")
    send(exchange, "A")
    assert (exchange.open(first), exchange.open(second)) == (["after"], [])
    send(exchange, "A")
    assert exchange.open(second) == ["after"]


def test_a_message_that_nobody_takes_waits_for_who_comes(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    send(exchange, "A")
    assert [(m.name, m.correlation, m.state) for m in exchange.messages()] == [("paid", "A", "waiting")]
    other = waiting(exchange, "B")
    assert (exchange.open(other), len(exchange.messages())) == ([], 1)
    case = waiting(exchange, "A")
    assert (exchange.open(case), exchange.messages(), exchange.jobs()) == (["after"], [], [])


def test_it_waits_only_so_long(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    sent = exchange.clock.now()
    send(exchange, "A")
    [expiry] = exchange.jobs()
    assert (expiry.kind, expiry.due_at) == ("expire", sent + timedelta(days=30))
    exchange.clock.advance(timedelta(days=30))
    exchange.run()
    assert [m.state for m in exchange.messages()] == ["expired"]
    case = waiting(exchange, "A")
    assert exchange.open(case) == []
    actor = exchange.story.person("dengkai")
    send_again(exchange.platform, actor, exchange.messages()[0].id)
    exchange.run()
    assert (exchange.open(case), exchange.messages()) == (["after"], [])


def test_a_job_done_twice_delivers_once(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    first, second = waiting(exchange, "A"), waiting(exchange, "A")
    case = exchange.start("sender")
    run, exchange.run = exchange.run, lambda: 0  # type: ignore[method-assign]  # the test runs the job itself
    exchange.do(case, "write", note="A")
    [job] = exchange.jobs("message")
    assert run_job(exchange.platform, job.id)
    assert not run_job(exchange.platform, job.id)
    run()
    assert (exchange.open(first), exchange.open(second)) == (["after"], [])


def test_a_suspended_case_takes_its_message_when_it_goes_on(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    case = waiting(exchange, "A")
    actor = exchange.story.person("dengkai")
    suspend_case(exchange.platform, actor, case, "核实")
    send(exchange, "A")
    assert (exchange.open(case), len(exchange.messages())) == ([], 1)
    resume_case(exchange.platform, actor, case, "已核实")
    exchange.run()
    assert (exchange.open(case), exchange.messages()) == (["after"], [])


def test_a_message_that_the_case_refused_is_tried_again_when_it_admits_it(exchange: Exchange) -> None:
    paid = message(guicheng_correlationKey='= "A"')
    late = beside("late", paid, work("taken"), end("e2"), flows="late_start > taken > e2")
    late[0].set(guicheng("availableWhen"), '= note = "可以"')
    late[0].set("isInterrupting", "false")
    exchange.publish(
        "receiver",
        begin(),
        work("write"),
        work("again"),
        work("after"),
        end(),
        late,
        declared("message", "paid"),
        flows="start > write > again > after > end",
    )
    sender(exchange)
    case = exchange.start("receiver")
    send(exchange, "A")
    assert (exchange.open(case), len(exchange.messages())) == (["write"], 1)
    exchange.do(case, "write", note="还不行")
    assert (exchange.open(case), len(exchange.messages()), len(exchange.jobs())) == (["again"], 1, 1)
    exchange.do(case, "again", note="可以")
    assert (exchange.open(case), exchange.messages(), exchange.jobs()) == (["after", "taken"], [], [])


def test_a_version_that_starts_with_the_message_takes_what_no_case_waits_for(exchange: Exchange) -> None:
    sender(exchange)
    exchange.publish(
        "opened", begin("start", message()), work("look"), end(), declared("message", "paid"),
        flows="start > look > end",
    )  # fmt: skip
    assert exchange.waits() == [("message", "paid", None)]
    source = send(exchange, "A")
    [case] = exchange.cases("opened")
    assert (exchange.open(case.id), case.starter_id) == (["look"], exchange.case(source).starter_id)
    assert "已付" in exchange.data(case.id).decode()
    assert exchange.messages() == []


def test_a_waiting_message_starts_the_version_that_is_published_later(exchange: Exchange) -> None:
    sender(exchange)
    send(exchange, "A")
    exchange.publish(
        "opened", begin("start", message()), work("look"), end(), declared("message", "paid"),
        flows="start > look > end",
    )  # fmt: skip
    exchange.run()
    assert (len(exchange.cases("opened")), exchange.messages()) == (1, [])


def test_an_administrator_takes_a_message_away_with_a_reason(exchange: Exchange) -> None:
    sender(exchange)
    case = send(exchange, "A")
    discard_message(exchange.platform, exchange.story.person("dengkai"), exchange.messages()[0].id, "发错了")
    assert (exchange.messages(), exchange.jobs()) == ([], [])
    assert exchange.log(case)[-1] == "message_discarded"


def test_withdrawing_a_case_is_no_message_between_cases(exchange: Exchange) -> None:
    case = exchange.story.start()
    assert exchange.waits(case.id) == [("message", "withdraw", None)]
    withdraw_case(exchange.platform, exchange.story.person("chensiyuan"), case.id, "重复申请")
    assert (exchange.waits(case.id), exchange.messages()) == ([], [])


def test_a_message_whose_time_is_over_is_not_looked_for_by_newcomers(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    send(exchange, "A")
    with exchange.platform.database.write() as session:
        session.execute(update(Message).values(state="expired"))
    case = waiting(exchange, "A")
    assert (exchange.open(case), exchange.jobs("message")) == ([], [])


def test_a_message_to_the_case_itself_stays_in_it(exchange: Exchange) -> None:
    exchange.publish(
        "alone",
        begin(),
        element("parallelGateway", "split"),
        awaits("wait", message()),
        ends("tell", message()),
        end(),
        declared("message", "paid"),
        flows="start > split > wait > end\nsplit > tell",
    )
    case = exchange.start("alone")
    assert (exchange.ended(case), exchange.messages(), exchange.jobs()) == ("completed", [], [])


def test_a_message_that_another_has_handed_over_meanwhile_is_not_kept(exchange: Exchange) -> None:
    sender(exchange)
    send(exchange, "A")
    [found] = exchange.messages()
    with exchange.platform.database.write() as session:
        session.execute(delete(Job).where(Job.message_id == found.id))
        session.execute(delete(Message).where(Message.id == found.id))
    assert not _keep(exchange.platform, 0, found, set())
    assert exchange.jobs() == []


@pytest.mark.postgres
def test_who_begins_to_wait_neither_waits_for_nor_trips_over_a_message_on_its_way(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    send(exchange, "A")
    case = exchange.start("receiver")
    [found] = exchange.messages()
    with exchange.platform.database.write() as session:  # somebody is handing it over
        session.execute(delete(Job).where(Job.message_id == found.id))
        session.execute(delete(Message).where(Message.id == found.id))
        exchange.do(case, "write", note="A")
    assert (exchange.open(case), exchange.waits(case)) == ([], [("message", "paid", "A")])
    assert exchange.jobs() == []
