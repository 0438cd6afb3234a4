"""What starts by itself: signals to all, timers at their time, conditions over data stores; the newest version only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from lxml.etree import _Element as Element
from sqlalchemy import select

from engine.clock import LOCAL
from engine.commands import start_process
from engine.errors import NotNow, PartsRefused
from engine.models import Event
from engine.queries.procedures import list_startable
from tests.engine.bpmn.build import awaits, condition, data, declared, element, end, ends, event, text, timer
from tests.fixtures.exchange import Exchange, begin, work


def signal(name: str = "alarm") -> Element:
    return event("signal", signalRef=name)


def opened(exchange: Exchange, *definitions: Element, key: str = "opened", tops: tuple[Element, ...] = ()) -> None:
    """A process that begins with an event and then has a task."""
    exchange.publish(key, begin("start", *definitions), work("look"), end(), *tops, flows="start > look > end")


def test_a_signal_reaches_every_case_and_version_that_waits_for_it(exchange: Exchange) -> None:
    declared_signal = declared("signal", "alarm")
    exchange.publish(
        "listener", begin(), awaits("wait", signal()), work("after"), end(), declared("signal", "alarm"),
        flows="start > wait > after > end",
    )  # fmt: skip
    opened(exchange, signal(), tops=(declared_signal,))
    exchange.publish("teller", begin(), ends("tell", signal()), declared("signal", "alarm"), flows="start > tell")
    first, second = exchange.start("listener"), exchange.start("listener")
    source = exchange.start("teller")
    assert (exchange.open(first), exchange.open(second)) == (["after"], ["after"])
    [case] = exchange.cases("opened")
    assert (exchange.open(case.id), case.starter_id) == (["look"], exchange.case(source).starter_id)
    late = exchange.start("listener")
    assert (exchange.open(late), exchange.jobs()) == ([], [])


def test_a_timer_starts_a_case_again_and_again_at_its_time(exchange: Exchange) -> None:
    opened(exchange, timer("R2/P7D", "timeCycle"))
    published = exchange.clock.now()
    assert exchange.jobs()[0].due_at == published + timedelta(days=7)
    exchange.clock.advance(timedelta(days=7))
    exchange.run()
    exchange.clock.advance(timedelta(days=6, hours=23))
    exchange.run()
    assert len(exchange.cases("opened")) == 1
    exchange.clock.advance(timedelta(hours=1))
    exchange.run()
    assert (len(exchange.cases("opened")), exchange.jobs()) == (2, [])


def test_what_was_missed_of_an_endless_timer_is_not_made_up_for(exchange: Exchange) -> None:
    opened(exchange, timer("R/P1D", "timeCycle"))
    published = exchange.clock.now()
    exchange.clock.advance(timedelta(days=10, hours=1))
    exchange.run()
    assert len(exchange.cases("opened")) == 1
    assert exchange.jobs()[0].due_at == published + timedelta(days=11)


def test_a_date_that_has_passed_starts_nothing(exchange: Exchange) -> None:
    opened(exchange, timer("2026-01-05", "timeDate"))
    assert exchange.jobs() == []
    opened(exchange, timer("2026-12-01T09:00:00+08:00", "timeDate"))
    assert exchange.jobs()[0].due_at == datetime(2026, 12, 1, 9, tzinfo=LOCAL)


def test_the_first_system_administrator_has_what_starts_by_a_timer(exchange: Exchange) -> None:
    opened(exchange, timer("PT1H"))
    exchange.clock.advance(timedelta(hours=1))
    exchange.run()
    [case] = exchange.cases("opened")
    assert case.starter_id == exchange.story.person("dengkai").id
    assert exchange.story.one(select(Event.actor_id).where(Event.instance_id == case.id, Event.seq == 1)) is None


def test_a_new_version_takes_the_place_of_the_older_ones_starts(exchange: Exchange) -> None:
    opened(exchange, timer("R/P1D", "timeCycle"))
    opened(exchange, signal(), tops=(declared("signal", "alarm"),))
    assert (exchange.jobs(), exchange.waits()) == ([], [("signal", "alarm", None)])
    opened(exchange)
    assert (exchange.jobs(), exchange.waits()) == ([], [])


def test_a_condition_starts_a_case_when_a_store_makes_it_true(exchange: Exchange) -> None:
    opened(exchange, condition("= note < 10"))
    exchange.publish(
        "stock",
        begin(),
        element(
            "userTask",
            "count",
            *work("count"),
            element("dataOutputAssociation", None, text("targetRef", "shelf"), assignment("= number(note)", "shelf")),
            name="count",
            camunda_formRef="slip",
            guicheng_clauses="2.2.3",
        ),
        element("dataStoreReference", "shelf", name="note"),
        end(),
        flows="start > count > end",
    )
    for count, cases in (("50", 0), ("5", 1), ("4", 1), ("40", 1), ("3", 2)):
        exchange.do(exchange.start("stock"), "count", note=count)
        assert len(exchange.cases("opened")) == cases, count
    assert exchange.jobs() == []


def assignment(value: str, target: str) -> Element:
    return element("assignment", None, text("from", value), text("to", target))


def test_a_start_that_needs_all_of_its_events_waits_for_the_last(exchange: Exchange) -> None:
    both = (event("signal", signalRef="alarm"), event("message", messageRef="paid"), timer("PT1H"))
    exchange.publish(
        "opened", begin("start", *both, parallelMultiple="true"), work("look"), end(),
        declared("signal", "alarm"), declared("message", "paid"), flows="start > look > end",
    )  # fmt: skip
    exchange.publish("teller", begin(), ends("tell", signal()), declared("signal", "alarm"), flows="start > tell")
    given = data(inputs=[("note", '= "已付"')])
    exchange.publish(
        "sender", begin(), element("endEvent", "tell", given, event("message", messageRef="paid"), name="tell"),
        declared("message", "paid"), flows="start > tell",
    )  # fmt: skip
    exchange.start("teller")
    exchange.start("teller")
    exchange.start("sender")
    assert exchange.cases("opened") == []
    exchange.clock.advance(timedelta(hours=1))
    exchange.run()
    [case] = exchange.cases("opened")
    assert "已付" in exchange.data(case.id).decode()
    assert (exchange.open(case.id), exchange.messages(), exchange.jobs()) == (["look"], [], [])


def test_what_begins_by_an_event_only_is_started_by_nobody(exchange: Exchange) -> None:
    exchange.publish(
        "opened", element("startEvent", "start", signal(), name="start"), work("look"), end(),
        declared("signal", "alarm"), flows="start > look > end",
    )  # fmt: skip
    person = exchange.story.person("chensiyuan")
    assert "opened" not in [card.key for card in list_startable(exchange.platform, person)]
    with pytest.raises(NotNow, match="不能这样开始"):
        start_process(exchange.platform, person, "opened", {})
    assert exchange.cases("opened") == []


def test_a_start_timer_without_a_time_is_refused(exchange: Exchange) -> None:
    with pytest.raises(PartsRefused):
        opened(exchange, timer("bald", "timeDuration"))


def test_clock_times_start_a_case_each_time_and_what_was_missed_is_not_made_up_for(exchange: Exchange) -> None:
    opened(exchange, timer("0 0 9 ? * MON-FRI", "timeCycle"))
    (job,) = exchange.jobs()
    first = job.due_at.astimezone(LOCAL)
    assert (first.hour, first.minute, first.second) == (9, 0, 0)
    assert first.weekday() < 5
    exchange.clock.advance(job.due_at - exchange.clock.now() + timedelta(days=14, minutes=1))
    exchange.run()
    (job,) = exchange.jobs()
    assert len(exchange.cases("opened")) == 1
    assert exchange.clock.now() < job.due_at < exchange.clock.now() + timedelta(days=3)
