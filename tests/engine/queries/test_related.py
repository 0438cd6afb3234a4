"""Cases that call each other are linked in every view, for those who may see both."""

from __future__ import annotations

import pytest

from engine.queries.cases import case_page
from engine.queries.cockpit import CaseFilter, list_cases
from engine.queries.inbox import InboxFilter, list_done, list_inbox
from engine.queries.search import search
from engine.queries.started import list_started
from tests.engine.bpmn.build import call, end
from tests.fixtures.exchange import Exchange, begin, work
from tests.fixtures.story import Story


@pytest.fixture
def chained(story: Story) -> tuple[Exchange, list[int]]:
    """A case that has called another, which has called a third; 马骁 works in the last one only."""
    exchange = Exchange(story)
    exchange.publish("inner", begin(), work("deep", "maxiao"), work("note"), end(), flows="start > deep > note > end")
    exchange.publish("middle", begin(), call("dig", "inner"), end(), flows="start > dig > end")
    exchange.publish("outer", begin(), work("first"), call("ask", "middle"), end(), flows="start > first > ask > end")
    outer = exchange.start("outer")
    exchange.do(outer, "first")
    exchange.run()
    (middle,) = exchange.called_by(outer)
    (inner,) = exchange.called_by(middle.id)
    return exchange, [outer, middle.id, inner.id]


def test_the_chain_upwards_and_downwards(chained: tuple[Exchange, list[int]]) -> None:
    exchange, (outer, middle, inner) = chained
    by = exchange.story.person("chensiyuan")
    of = {case: case_page(exchange.platform, by, case).related for case in (outer, middle, inner)}
    assert [[one.instance_id for one in of[case].above] for case in (outer, middle, inner)] == [
        [],
        [outer],
        [outer, middle],
    ]
    assert [(one.instance_id, one.depth) for one in of[outer].below] == [(middle, 0), (inner, 1)]
    assert [one.instance_id for one in of[middle].below] == [inner]
    assert of[inner].below == []


def test_who_may_not_see_a_case_does_not_learn_of_it(chained: tuple[Exchange, list[int]]) -> None:
    exchange, (_outer, _middle, inner) = chained
    by = exchange.story.person("maxiao")
    assert case_page(exchange.platform, by, inner).related.above == []
    (row,) = list_inbox(exchange.platform, by, InboxFilter()).page.items
    assert (row.instance_id, row.parent) == (inner, None)


def test_lists_name_the_case_above(chained: tuple[Exchange, list[int]]) -> None:
    exchange, (outer, middle, inner) = chained
    wanted = {outer: None, middle: outer, inner: middle}
    rows = list_started(exchange.platform, exchange.story.person("chensiyuan")).items
    assert {row.instance_id: row.parent.instance_id if row.parent else None for row in rows} == wanted
    managers = list_cases(exchange.platform, exchange.story.person("zhoulan"), CaseFilter()).items
    assert {row.instance_id: row.parent.instance_id if row.parent else None for row in managers} == wanted


def test_what_is_finished_or_found_names_the_case_above_and_costs_no_statement(
    chained: tuple[Exchange, list[int]],
) -> None:
    exchange, (outer, middle, inner) = chained
    exchange.do(inner, "deep", by="maxiao")
    exchange.do(inner, "note")
    manager, worker = exchange.story.person("zhoulan"), exchange.story.person("maxiao")
    (own,) = list_done(exchange.platform, worker).items
    assert (own.instance_id, own.parent) == (inner, None), "who may not see the caller does not learn of it"
    starter = exchange.story.person("chensiyuan")
    done = {row.instance_id: row.parent for row in list_done(exchange.platform, starter).items}
    assert {case: parent.instance_id if parent else None for case, parent in done.items()} == {
        outer: None,
        inner: middle,
    }
    with exchange.story.listening() as said:
        rows = search(exchange.platform, manager, "陈思远")
    assert len(said.statements) == 2
    wanted = {outer: None, middle: outer, inner: middle}
    assert {row.instance_id: row.parent.instance_id if row.parent else None for row in rows} == wanted
    assert [row.parent for row in search(exchange.platform, worker, "陈思远")] == [None]


def test_the_timeline_says_that_a_case_was_called(chained: tuple[Exchange, list[int]]) -> None:
    exchange, (outer, _middle, _inner) = chained
    steps = case_page(exchange.platform, exchange.story.person("chensiyuan"), outer).timeline
    assert [(one.name, one.detail) for one in steps if one.node_id == "ask"] == [("ask", "发起下级事项")]
