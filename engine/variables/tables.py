"""What a decision table leaves in a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.feel import FeelError
from engine.feel.dmn.outline import TableOutline, outline_decisions
from engine.feel.dmn.types import known_type
from engine.feel.nodes import Literal
from engine.feel.parser import parse_expression
from engine.i18n import _
from engine.variables.model import Choice, Shape, Variable, type_name

MAX_CHOICES = 60
MAX_ANSWERS = 500
_LISTS = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
"""Hit policies whose answer is a list."""


def tables_by_id(files: Iterable[bytes]) -> dict[str, TableOutline]:
    """All tables of these files that can be read."""
    return {table.id: table for content in files for table in outline_decisions(content) or () if table.id}


def decided(table: TableOutline, mapping: str, name: str, label: str) -> Variable:
    """The result variable of a business rule task: the one value (`singleEntry`), or a context of all outputs."""
    origin = _("决策表“{table}”", table=table.name)
    if not table.outputs:  # an expression: what it gives is known when it runs
        return Variable(
            name=name, label=label or table.name, type="Any", detail=type_name("Any"), choices=(), origin=origin
        )
    columns = [_column(table, place) for place in range(len(table.outputs))]
    if table.aggregation:
        return replace(_column(table, 0), name=name, type="Any", detail=type_name("Any"), choices=(), closed=False)
    if mapping == "singleEntry" and table.hit_policy not in _LISTS and len(columns) == 1:
        only = columns[0]
        return Variable(
            name=name,
            label=only.label,
            type=only.type,
            detail=only.detail,
            choices=only.choices,
            closed=only.closed,
            origin=origin,
        )
    if table.hit_policy in _LISTS:
        return Shape("list", tuple(columns), "context").named(name, label or table.name, origin)
    return Shape("context", tuple(columns)).named(name, label or table.name, origin)


def _column(table: TableOutline, place: int) -> Variable:
    output = table.outputs[place]
    answers = [output.default] if output.default else []
    answers += [rule.outputs[place] for rule in table.rules if place < len(rule.outputs)]
    choices = _literals(answers)
    kind = known_type(output.type) or "Any"
    detail = type_name(kind)
    if choices and kind == "string":
        detail = _("{type}：{what}", type=detail, what="、".join(choice.label for choice in choices[:6]))
    return Variable(
        name=output.name,
        label=output.label or output.name,
        type=kind,
        detail=detail,
        choices=choices if kind == "string" else (),
        closed=kind == "string" and 0 < len(choices) < MAX_CHOICES and len(answers) <= MAX_ANSWERS,
    )


def _literals(answers: Iterable[str]) -> tuple[Choice, ...]:
    """The texts that the rows of a column can answer; none where one of them is computed."""
    found: dict[str, Choice] = {}
    for text in list(answers)[:MAX_ANSWERS]:
        try:
            tree = parse_expression(text) if text else None
        except FeelError:
            return ()
        if not isinstance(tree, Literal) or not isinstance(tree.value, str):
            if isinstance(tree, Literal) and tree.value is None:
                continue
            return ()
        found[tree.value] = Choice(tree.value, tree.value)
    return tuple(found.values())[:MAX_CHOICES]
