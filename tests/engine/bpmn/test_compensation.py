"""Compensation: what is done is undone in reverse, each by its handler."""

from __future__ import annotations

from lxml.etree import _Element as Element

from tests.engine.bpmn.build import (
    beside,
    both,
    boundary,
    data,
    diagram,
    element,
    end,
    ends,
    event,
    multi,
    scope,
    service,
    start,
    sub,
    throws,
    undone_by,
    user,
)
from tests.engine.bpmn.world import Case


def undo(host: str) -> Element:
    """A handler called un<host> that says its name."""
    return service(f"un{host}", f"demo.un{host}", inputs=[("n", "= n")], isForCompensation="true")


def undone(case: Case) -> list[str]:
    return [topic.removeprefix("demo.") for topic, _inputs in case.world.served]


def two(*after: Element, flows: str) -> bytes:
    return diagram(
        start(),
        user("a"),
        user("b"),
        undo("a"),
        undo("b"),
        *undone_by("a", "una"),
        *undone_by("b", "unb"),
        *after,
        flows=flows,
    )


def test_all_that_is_done_in_reverse_and_only_that() -> None:
    model = two(throws("undo", event("compensate")), user("c"), end(), flows="start > a > b > undo > c > end")
    case = Case(model).do("a", n=1).do("b", n=2)
    assert undone(case) == ["unb", "una"]
    assert case.open == ["c"]
    assert case.kinds("compensating") == ["undo"]
    case.do("c")
    assert case.state == "completed"


def test_one_activity_alone_and_never_twice() -> None:
    model = two(
        throws("undo", event("compensate", activityRef="a")),
        throws("again", event("compensate", activityRef="a")),
        ends("all", event("compensate")),
        flows="start > a > b > undo > again > all",
    )
    case = Case(model).do("a").do("b")
    assert undone(case) == ["una", "unb"]
    assert case.state == "completed"


def test_what_never_ended_is_not_undone() -> None:
    model = two(
        boundary("late", "b", event("signal", signalRef="s")),
        ends("undo", event("compensate")),
        end(),
        flows="start > a > b > end\nlate > undo",
    ).replace(b"<bpmn:process", b'<bpmn:signal id="s" name="s"/><bpmn:process')
    case = Case(model).do("a")
    case.signal("s")
    assert undone(case) == ["una"]


def test_a_handler_may_be_a_users_task() -> None:
    case = Case(
        diagram(
            start(),
            user("a", data([("mine", "= x + 1")])),
            user("una", isForCompensation="true"),
            *undone_by("a", "una"),
            ends("undo", event("compensate")),
            flows="start > a > undo",
        ),
        x=1,
    )
    case.do("a", x=10)
    assert case.open == ["una"]
    assert case.execution.variables_of(case.token("una"))["mine"] == 2
    case.do("una")
    assert case.state == "completed"


def nested(*inner: Element, flows: str = "s > a > b > e") -> bytes:
    return diagram(
        start(),
        sub(
            "box",
            start("s"),
            user("a"),
            user("b"),
            undo("a"),
            undo("b"),
            *undone_by("a", "una"),
            *undone_by("b", "unb"),
            end("e"),
            *inner,
            flows=flows,
        ),
        user("c"),
        ends("undo", event("compensate")),
        flows="start > box > c > undo",
    )


def test_a_subprocess_is_undone_from_inside() -> None:
    case = Case(nested()).do("a").do("b").do("c")
    assert undone(case) == ["unb", "una"]
    assert case.state == "completed"


def test_a_compensation_event_subprocess_says_how_instead() -> None:
    case = Case(
        nested(
            beside(
                "how",
                event("compensate"),
                service("first", "demo.first"),
                throws("rest", event("compensate", activityRef="a")),
                end("he"),
                flows="how_start > first > rest > he",
            )
        )
    )
    case.do("a").do("b").do("c")
    assert undone(case) == ["first", "una"]
    assert case.state == "completed"


def test_a_handler_of_a_multi_instance_undoes_the_whole() -> None:
    case = Case(
        diagram(
            start(),
            user("vote", multi()),
            undo("vote"),
            *undone_by("vote", "unvote"),
            ends("undo", event("compensate")),
            flows="start > vote > undo",
        ),
        panel=[1, 2],
    )
    case.do("vote").do("vote")
    assert undone(case) == ["unvote"]


def test_one_that_is_not_waited_for() -> None:
    case = Case(
        diagram(
            start(),
            user("a"),
            user("una", isForCompensation="true"),
            *undone_by("a", "una"),
            throws("undo", event("compensate", waitForCompletion="false")),
            user("b"),
            end(),
            flows="start > a > undo > b > end",
        )
    )
    case.do("a")
    assert case.open == ["b", "una"]
    case.do("b")
    assert case.state == "running"
    case.do("una")
    assert case.state == "completed"


def test_a_remark_beside_the_handler_is_no_handler() -> None:
    remark = element("textAnnotation", "note")
    event_, association = undone_by("a", "una")
    beside_it = element("association", "first", sourceRef=event_.get("id"), targetRef="note")
    throw = throws("undo", event("compensate"))
    nodes = (start(), user("a"), undo("a"), event_, remark, beside_it, association, throw, end())
    case = Case(diagram(*nodes, flows="start > a > undo > end")).do("a", n=1)
    assert undone(case) == ["una"]
    assert case.state == "completed"


def test_a_compensation_event_subprocess_is_a_handler_even_where_nothing_inside_has_one() -> None:
    how = beside("how", event("compensate"), service("first", "demo.first"), end("he"), flows="how_start > first > he")
    case = Case(
        diagram(
            start(),
            sub("box", start("s"), user("a"), end("e"), how, flows="s > a > e"),
            user("c"),
            ends("undo", event("compensate")),
            flows="start > box > c > undo",
        )
    )
    case.do("a").do("c")
    assert undone(case) == ["first"]
    assert case.state == "completed"


def test_cancelling_one_instance_of_a_transaction_cancels_them_all() -> None:
    deal = scope("transaction", "deal", start("s"), user("pay"), ends("no", event("cancel")), flows="s > pay > no")
    deal.append(multi())
    case = Case(
        diagram(
            start(),
            deal,
            boundary("cancelled", "deal", event("cancel")),
            user("after"),
            end(),
            flows="start > deal > end\ncancelled > after > end",
        ),
        panel=[1, 2],
    )
    case.do("pay")
    assert case.open == ["after"]
    assert len(case.execution.live_tokens()) == 1


def test_while_a_cancelled_transaction_is_undone_nothing_else_is_open_in_it() -> None:
    deal = scope(
        "transaction",
        "deal",
        start("s"),
        user("a"),
        user("una", isForCompensation="true"),
        *undone_by("a", "una"),
        both("fork"),
        user("b"),
        user("c"),
        ends("no", event("cancel")),
        flows="s > a > fork > b > no\nfork > c > no",
    )
    cancelled = boundary("cancelled", "deal", event("cancel"))
    case = Case(diagram(start(), deal, cancelled, end(), flows="start > deal > end\ncancelled > end"))
    case.do("a").do("b")
    assert case.open == ["una"]
    case.do("una")
    assert case.state == "completed"
