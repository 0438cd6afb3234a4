"""A return leaves no effects behind: what is void is compensated before the step is done again."""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn import JobRequest
from tests.engine.bpmn.build import (
    beside,
    both,
    diagram,
    end,
    ends,
    event,
    multi,
    service,
    start,
    sub,
    throws,
    undone_by,
    user,
    xor,
)
from tests.engine.bpmn.world import Case


def undo(host: str, **more: str) -> Element:
    """A handler called un<host> that says its name and the n it sees."""
    return service(f"un{host}", f"demo.un{host}", inputs=[("n", "= n")], isForCompensation="true", **more)


def undone(case: Case) -> list[str]:
    return [topic.removeprefix("demo.") for topic, _inputs in case.world.served]


def line(handler: Element | None = None) -> bytes:
    """a, book and check one after the other; book can be undone, and so can a; the end undoes all."""
    return diagram(
        start(),
        user("a"),
        undo("a"),
        *undone_by("a", "una"),
        user("before"),
        user("book"),
        undo("book") if handler is None else handler,
        *undone_by("book", "unbook"),
        user("check"),
        ends("all", event("compensate")),
        flows="start > a > before > book > check > all",
    )


def test_what_came_from_the_step_is_undone_at_once_and_what_came_before_stands() -> None:
    case = Case(line(), n=1).do("a").do("before").do("book")
    case.give_back("check", "before")
    assert undone(case) == ["unbook"]
    assert case.open == ["before"]
    assert case.kinds("compensating") == ["before"]


def test_a_later_compensation_undoes_each_completed_activity_once() -> None:
    case = Case(line(), n=1).do("a").do("before").do("book")
    case.give_back("check", "before")
    case.world.served.clear()
    case.do("before").do("book").do("check")
    assert undone(case) == ["unbook", "una"]
    assert case.state == "completed"


def test_the_step_itself_is_undone_too() -> None:
    case = Case(line(), n=1).do("a").do("before").do("book")
    case.give_back("check", "a")
    assert undone(case) == ["unbook", "una"]
    assert case.open == ["a"]


def test_a_return_without_effects_tells_of_none() -> None:
    case = Case(line(), n=1).do("a").do("before")
    case.give_back("book", "before")
    assert undone(case) == []
    assert case.kinds("compensating") == []


def test_a_round_that_the_diagram_drew_stands() -> None:
    model = diagram(
        start(),
        user("a"),
        user("book"),
        undo("book"),
        *undone_by("book", "unbook"),
        xor("g"),
        user("check"),
        ends("all", event("compensate")),
        flows="start > a > book > g\ng > a : = again\ng > check : *\ncheck > all",
    )
    case = Case(model, n=1).do("a").do("book", again=True).do("a").do("book", again=False)
    case.give_back("check", "a")
    assert undone(case) == ["unbook"]
    case.do("a").do("book").do("check")
    assert undone(case) == ["unbook"] * 3


def test_a_handler_for_a_person_is_done_before_the_step_opens() -> None:
    case = Case(line(user("unbook", isForCompensation="true")), n=1).do("a").do("before").do("book")
    case.give_back("check", "before")
    assert case.open == ["unbook"]
    case.do("unbook")
    assert case.open == ["before"]
    case.do("before").do("book").do("check")
    assert case.open == ["unbook"]


def test_a_handler_that_is_a_job_is_waited_for() -> None:
    case = Case(line(service("unbook", "demo.unbook", isForCompensation="true", camunda_asyncBefore="true")), n=1)
    case.do("a").do("before").do("book").give_back("check", "before")
    assert case.open == []
    job = case.asked[-1]
    assert isinstance(job, JobRequest)
    assert job.node.id == "unbook"
    case.act(lambda execution: execution.job_done(job.token_id, {}))
    assert case.open == ["before"]


def test_returning_while_it_is_being_undone_loses_nothing() -> None:
    """From the handler's task further back: what it was to undo is undone still, once."""
    case = Case(line(user("unbook", isForCompensation="true")), n=1).do("a").do("before").do("book")
    case.give_back("check", "before")
    case.give_back("unbook", "a")
    assert case.open == ["unbook"]
    case.do("unbook")
    assert undone(case) == ["una"]
    assert case.open == ["a"]


def test_a_drawn_compensation_that_is_left_half_way_can_be_thrown_again() -> None:
    model = diagram(
        start(),
        user("a"),
        user("una", isForCompensation="true"),
        *undone_by("a", "una"),
        user("b"),
        throws("undo", event("compensate")),
        user("c"),
        end(),
        flows="start > a > b > undo > c > end",
    )
    case = Case(model).do("a").do("b")
    assert case.open == ["una"]
    case.give_back("una", "b").do("b")
    assert case.open == ["una"]
    case.do("una")
    assert case.open == ["c"]


def test_parallel_work_that_does_not_come_from_the_step_stands() -> None:
    model = diagram(
        start(),
        both("fork"),
        user("a"),
        user("book"),
        undo("book"),
        *undone_by("book", "unbook"),
        user("other"),
        undo("other"),
        *undone_by("other", "unother"),
        both("join"),
        user("check"),
        ends("all", event("compensate")),
        flows="start > fork > a > book > join > check > all\nfork > other > join",
    )
    case = Case(model, n=1).do("a").do("other").do("book")
    case.give_back("check", "a")
    assert undone(case) == ["unbook"]
    case.do("a").do("book").do("check")
    assert sorted(undone(case)[1:]) == ["unbook", "unother"]


def box(*inner: Element) -> bytes:
    return diagram(
        start(),
        user("a"),
        sub(
            "box",
            start("s"),
            user("book"),
            undo("book"),
            *undone_by("book", "unbook"),
            user("more"),
            end("e"),
            *inner,
            flows="s > book > more > e",
        ),
        user("check"),
        ends("all", event("compensate")),
        flows="start > a > box > check > all",
    )


def test_a_subprocess_that_is_cancelled_half_way_is_undone_as_far_as_it_came() -> None:
    case = Case(box(), n=1).do("a").do("book", n=7)
    case.give_back("more", "a")
    assert case.world.served == [("demo.unbook", {"n": 7})]
    assert case.open == ["a"]
    case.do("a").do("book").do("more").do("check")
    assert undone(case) == ["unbook", "unbook"]


def test_a_subprocess_that_has_ended_is_undone_from_inside() -> None:
    case = Case(box(), n=1).do("a").do("book").do("more")
    case.give_back("check", "a")
    assert undone(case) == ["unbook"]
    assert case.open == ["a"]


def test_a_compensation_event_subprocess_undoes_it_its_own_way() -> None:
    how = beside(
        "how", event("compensate"), service("first", "demo.first"), user("sign"), end("he"),
        flows="how_start > first > sign > he",
    )  # fmt: skip
    case = Case(box(how), n=1).do("a").do("book").do("more")
    case.give_back("check", "a")
    assert (undone(case), case.open) == (["first"], ["sign"])
    case.do("sign")
    assert case.open == ["a"]


def test_back_to_a_vote_all_vote_again_after_the_result_is_undone() -> None:
    model = diagram(
        start(),
        user("vote", multi()),
        undo("vote"),
        *undone_by("vote", "unvote"),
        user("check"),
        ends("all", event("compensate")),
        flows="start > vote > check > all",
    )
    case = Case(model, panel=[1, 2], n=1).do("vote").do("vote")
    case.give_back("check", "vote")
    assert undone(case) == ["unvote"]
    assert case.open == ["vote", "vote"]
    case.do("vote").do("vote").do("check")
    assert undone(case) == ["unvote", "unvote"]
