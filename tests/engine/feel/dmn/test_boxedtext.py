"""Boxed expressions as people read them."""

from __future__ import annotations

import pytest

from engine.queries.library.tables import table_view
from tests.engine.feel.dmn.models import decision, knowledge, literal, model, needs, one

GRID = (
    '<decisionTable hitPolicy="FIRST"><input label="n"><inputExpression><text>n</text></inputExpression></input>'
    "<output/><rule><inputEntry><text>&gt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
    "</decisionTable>"
)


def entry(name: str, logic: str) -> str:
    return f'<contextEntry><variable name="{name}"/>{logic}</contextEntry>'


@pytest.mark.parametrize(
    ("logic", "told"),
    [
        (literal("a + 1"), "a + 1"),
        (f"<context>{entry('a', literal('1'))}{entry('b', GRID)}</context>", "{a: 1, b: （一张 1 条规则的判定表）}"),
        (f"<list>{literal('1')}{literal('2')}</list>", "[1, 2]"),
        (f'<relation><column name="a"/><row>{literal("1")}</row></relation>', "[{a: 1}]"),
        (
            f"<conditional><if>{literal('a')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>",
            "if a then 1 else 2",
        ),
        (f"<filter><in>{literal('xs')}</in><match>{literal('item > 2')}</match></filter>", "xs[item > 2]"),
        (
            f'<for iteratorVariable="x"><in>{literal("xs")}</in><return>{literal("x")}</return></for>',
            "for x in xs return x",
        ),
        (
            f'<some iteratorVariable="x"><in>{literal("xs")}</in><satisfies>{literal("x")}</satisfies></some>',
            "some x in xs satisfies x",
        ),
        (
            f'<invocation>{literal("f")}<binding><parameter name="x"/>{literal("1")}</binding></invocation>',
            "f(x: 1)",
        ),
    ],
)
def test_every_box_has_a_text(logic: str, told: str) -> None:
    made = one(model(decision("d", logic, needs("fn:f")), knowledge("f", "x", literal("x"))))
    assert made.expression == told
    assert table_view(made).policy == f"按表达式计算：{told}"


def test_long_contexts_have_a_line_for_each_entry_and_an_end() -> None:
    rows = "".join(entry(f"entry {n}", literal("1 + 1")) for n in range(6))
    assert one(model(decision("d", f"<context>{rows}</context>"))).expression.startswith("{\n  entry 0: 1 + 1,\n")
    many = "".join(entry(f"entry {n}", literal("1 + 1")) for n in range(900))
    assert len(one(model(decision("d", f"<context>{many}</context>"))).expression) == 4001


def test_deep_boxes_end_in_an_ellipsis() -> None:
    assert "…" in one(model(decision("d", "<list>" * 20 + literal("1") + "</list>" * 20))).expression
