"""退回 past a step that has called other cases or waits for a job: they are named before, and ended by it."""

from __future__ import annotations

from functools import partial

import pytest
from lxml.etree import _Element as Element
from sqlalchemy import select

from engine.audit import verify_all
from engine.commands import complete_task, return_task
from engine.errors import NotNow, TaskTaken
from engine.models import Incident, Task, TaskState
from engine.queries.affected import Affected
from engine.queries.tasks import affected_by_return
from tests.engine.bpmn.build import both, boundary, call, element, end, extension, ours, sub, timer
from tests.engine.bpmn.build import start as begins
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.exchange import Exchange, begin, job, work
from tests.fixtures.story import Story


@pytest.fixture
def exchange(story: Story) -> Exchange:
    return Exchange(story)


def judged(id: str, who: str = "hejing", *more: Element) -> Element:
    """A task from which the case may go back to any earlier step."""
    acts = [
        ours("action", value="submit", label="提交", kind="submit", opinion="none"),
        ours("action", value="back", label="退回", kind="return", opinion="required"),
    ]
    says = [ours("candidates", rule="person", value=who), ours("deadline", due="300", unit="workday", consequence="。")]
    marks = {"camunda_formRef": "slip", "guicheng_clauses": "2.2.3", "guicheng_returnable": "true"}
    return element("userTask", id, extension(*says, ours("actions", *acts, variable="judged")), *more, name=id, **marks)


def beside(exchange: Exchange) -> int:
    """A case that has, after `first`: a called case, which has called another, a job, others' work and `judge`."""
    exchange.publish("inner", begin(), work("deep", "liuhaitao"), end(), flows="start > deep > end")
    exchange.publish(
        "middle",
        begin(),
        both("fork"),
        work("mend", "maxiao"),
        call("dig", "inner"),
        both("join"),
        end(),
        flows="start > fork > mend > join > end\nfork > dig > join",
    )
    exchange.publish(
        "outer",
        begin(),
        work("first"),
        both("fork"),
        call("repair", "middle"),
        job("compute"),
        work("advise", "leizhen"),
        judged("judge"),
        both("join"),
        end(),
        flows="start > first > fork > repair > join > end\nfork > compute > join\nfork > advise > join\n"
        "fork > judge > join",
        handlers={"toy.run": wait_for_ever},
    )
    case = exchange.start("outer")
    exchange.do(case, "first")
    exchange.run()
    return case


def wait_for_ever(_context: object) -> None:
    raise RuntimeError("not available")


def at(exchange: Exchange, case: int, node: str) -> int:
    asked = select(Task.id).where(Task.instance_id == case, Task.node_id == node, Task.state == TaskState.OPEN)
    found: int = exchange.story.one(asked)
    return found


def back(exchange: Exchange, case: int, node: str, to: str, by: str = "hejing") -> None:
    story = exchange.story
    return_task(story.platform, story.person(by), at(exchange, case, node), None, to, "请重新办理。")
    exchange.run()


def test_called_cases_and_jobs_are_named_before(exchange: Exchange) -> None:
    case = beside(exchange)
    story = exchange.story
    (middle,) = exchange.called_by(case)
    (inner,) = exchange.called_by(middle.id)
    lines = affected_by_return(story.platform, story.person("hejing"), at(exchange, case, "judge"), "first")
    assert [(one.kind, one.step, one.person.account if one.person else "", one.number) for one in lines] == [
        ("task", "advise", "leizhen", ""),
        ("job", "compute", "", ""),
        ("case", "repair", "", middle.number),
        ("called_task", "mend", "maxiao", middle.number),
        ("case", "repair", "", inner.number),
        ("called_task", "deep", "liuhaitao", inner.number),
    ]


def test_called_cases_that_a_person_may_not_see_are_told_without_a_name(exchange: Exchange) -> None:
    exchange.publish("middle", begin(), work("mend", "maxiao"), end(), flows="start > mend > end")
    exchange.publish(
        "outer",
        begin(),
        work("first"),
        both("fork"),
        call("repair", "middle"),
        judged("judge", "sunli"),
        both("join"),
        end(),
        flows="start > first > fork > repair > join > end\nfork > judge > join",
    )
    case = exchange.start("outer")
    exchange.do(case, "first")
    story = exchange.story
    lines = affected_by_return(story.platform, story.person("sunli"), at(exchange, case, "judge"), "first")
    assert lines == [Affected("case", "repair")]


def test_called_cases_end_with_their_own_and_jobs_are_not_wanted_any_more(exchange: Exchange) -> None:
    case = beside(exchange)
    (middle,) = exchange.called_by(case)
    (inner,) = exchange.called_by(middle.id)
    assert len(exchange.jobs("service")) == 1
    back(exchange, case, "judge", "first")
    assert (exchange.ended(middle.id), exchange.ended(inner.id)) == ("terminated", "terminated")
    assert (exchange.open(case), exchange.open(middle.id), exchange.open(inner.id)) == (["first"], [], [])
    assert exchange.jobs() == []
    assert exchange.story.all(select(Incident).where(Incident.resolved_at.is_(None))) == []
    exchange.do(case, "first")
    exchange.run()
    again = exchange.called_by(case)
    assert [one.outcome or one.state for one in again] == ["terminated", "running"]
    assert exchange.open(case) == ["advise", "judge"]
    with exchange.platform.database.read() as session:
        assert verify_all(session).breaks == ()


def test_a_called_case_that_ends_as_it_is_given_back_changes_nothing_any_more(exchange: Exchange) -> None:
    case = beside(exchange)
    story = exchange.story
    (middle,) = exchange.called_by(case)
    (inner,) = exchange.called_by(middle.id)
    exchange.do(inner.id, "deep", "liuhaitao")
    mend, judge = at(exchange, middle.id, "mend"), at(exchange, case, "judge")
    results = at_once(
        [
            partial(complete_task, story.platform, story.person("maxiao"), mend, None, "submit", "", {}),
            partial(return_task, story.platform, story.person("hejing"), judge, None, "first", "请重新办理。"),
        ]
    )
    exchange.run()
    assert failed(results) == []
    assert exchange.open(case) == ["first"]
    assert exchange.case(middle.id).state != "running"


def test_two_give_back_at_once_and_one_wins(exchange: Exchange) -> None:
    exchange.publish(
        "outer",
        begin(),
        work("first"),
        both("fork"),
        judged("one", "hejing"),
        judged("two", "zhoulan"),
        both("join"),
        end(),
        flows="start > first > fork > one > join > end\nfork > two > join",
    )
    case = exchange.start("outer")
    exchange.do(case, "first")
    story = exchange.story
    acts = [
        partial(return_task, story.platform, story.person(by), at(exchange, case, node), None, "first", "请重新办理。")
        for by, node in (("hejing", "one"), ("zhoulan", "two"))
    ]
    (error,) = failed(at_once(acts))
    assert isinstance(error, TaskTaken | NotNow)
    assert exchange.open(case) == ["first"]
    assert exchange.log(case).count("returned") == 1


def test_a_call_inside_a_subprocess_ends_when_the_whole_goes_back(exchange: Exchange) -> None:
    exchange.publish("inner", begin(), work("deep", "liuhaitao"), end(), flows="start > deep > end")
    inside = sub(
        "part",
        begins("s"),
        both("f"),
        call("dig", "inner"),
        judged("judge"),
        both("j"),
        end("e"),
        flows="s > f > dig > j > e\nf > judge > j",
    )
    exchange.publish(
        "outer",
        begin(),
        work("first"),
        inside,
        boundary("late", "part", timer("P30D")),
        end(),
        flows="start > first > part > end\nlate > end",
    )
    case = exchange.start("outer")
    exchange.do(case, "first")
    (inner,) = exchange.called_by(case)
    assert len(exchange.jobs("timer")) == 1
    back(exchange, case, "judge", "first")
    assert exchange.ended(inner.id) == "terminated"
    assert exchange.open(case) == ["first"]
    assert exchange.jobs() == []


def test_back_into_a_subprocess_that_has_ended_is_refused(exchange: Exchange) -> None:
    inside = sub("part", begins("s"), work("within"), end("e"), flows="s > within > e")
    exchange.publish("outer", begin(), inside, judged("judge"), end(), flows="start > part > judge > end")
    case = exchange.start("outer")
    exchange.do(case, "within")
    with pytest.raises(NotNow, match="流程层级"):
        back(exchange, case, "judge", "within")
    assert exchange.open(case) == ["judge"]


def test_from_an_instance_of_a_vote_all_instances_and_their_time_end(exchange: Exchange) -> None:
    people = '= ["hejing", "zhoulan", "xuwenbo"]'
    loop = element("multiInstanceLoopCharacteristics", None, camunda_collection=people, camunda_elementVariable="voter")
    exchange.publish(
        "outer",
        begin(),
        work("first"),
        judged("vote", "= voter", loop),
        boundary("late", "vote", timer("P30D")),
        end(),
        flows="start > first > vote > end\nlate > end",
    )
    case = exchange.start("outer")
    exchange.do(case, "first")
    story = exchange.story
    asked = select(Task.id).where(Task.instance_id == case, Task.assignee_id == story.person("zhoulan").id)
    task = story.one(asked)
    lines = affected_by_return(story.platform, story.person("zhoulan"), task, "first")
    assert [one.person.account for one in lines if one.person] == ["hejing", "xuwenbo"]
    return_task(story.platform, story.person("zhoulan"), task, None, "first", "请重新办理。")
    assert exchange.open(case) == ["first"]
    assert exchange.jobs() == []
