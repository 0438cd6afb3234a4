"""Parts of an expression in words people read: labels for names, signs for what is computed, quotes for texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.dmn.explain import SIGNS, say
from engine.feel.errors import FeelError
from engine.feel.rendering import render
from engine.feel.values import Range, Value
from engine.i18n import _

MOST = 60
"""Characters of one value or of one part of an expression."""

Labels = Mapping[str, str]
"""What people call a variable, by name; fields of a context under `a.b`, values of `a` under `a=value`."""


def value_text(value: Value) -> str:
    """A value, short; texts in quotes, so that an empty one is seen, and so are 是 and 否."""
    if isinstance(value, str | bool):
        return _("“{text}”", text=_short(say(value, "")))
    if isinstance(value, Range):
        try:
            return _short(render(value, Budget(), 0))
        except FeelError:
            return "…"
    return _short(say(value, ""))


def named_value(value: Value, name: str | None, labels: Labels) -> str:
    """A value of the variable `name`, by what people call it."""
    label = labels.get(f"{name}={value}") if name and isinstance(value, str) else None
    return value_text(value if label is None else label)


def text_of(node: nodes.Node, labels: Labels) -> str:
    """A part of an expression, short."""
    return _short(_text(node, labels))


def path_of(node: nodes.Node) -> str | None:
    """`a.b.c` of a name or a chain of fields; None of anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Path):
        source = path_of(node.source)
        return None if source is None else f"{source}.{node.name}"
    return None


def names_in(node: nodes.Node) -> Iterator[nodes.Node]:
    """The names and chains of fields that a part looks at, left to right, without what filters and loops say of each
    item."""
    path = path_of(node)
    if path is not None:
        if not path.startswith("?"):
            yield node
    elif isinstance(node, nodes.Filter):
        yield from names_in(node.source)
    elif isinstance(node, nodes.For | nodes.Quantified):
        yield from names_in(node.iterators[0].source)
    elif not isinstance(node, nodes.FunctionDefinition | nodes.ContextLiteral):
        for child in children(node):
            yield from names_in(child)


def children(node: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes directly below."""
    for one in fields(node):
        found = getattr(node, one.name)
        for child in found if isinstance(found, tuple) else (found,):
            if isinstance(child, nodes.Node):
                yield child
            elif isinstance(child, nodes.Iterator):
                yield child.source
                yield from () if child.end is None else (child.end,)
            elif isinstance(child, tuple):
                yield from (part for part in child if isinstance(part, nodes.Node))


def _text(node: nodes.Node, labels: Labels) -> str:
    path = path_of(node)
    if path is not None:
        return _named(path, labels)
    if isinstance(node, nodes.Path):
        return f"{text_of(node.source, labels)}.{node.name}"
    if isinstance(node, nodes.Literal):
        return value_text(node.value)
    if isinstance(node, nodes.Negation):
        return f"-{text_of(node.operand, labels)}"
    if isinstance(node, nodes.Arithmetic | nodes.Comparison):
        sign = SIGNS.get(node.operator, node.operator)
        return f"{text_of(node.left, labels)} {sign} {text_of(node.right, labels)}"
    if isinstance(node, nodes.Call):
        return f"{node.name}({', '.join(text_of(one, labels) for one in node.arguments)})"
    if isinstance(node, nodes.ListLiteral):
        return f"[{', '.join(text_of(one, labels) for one in node.items)}]"
    if isinstance(node, nodes.OutsideLiteral):
        return f"({SIGNS['!=']} {text_of(node.bound, labels)})"
    if isinstance(node, nodes.RangeLiteral):
        return _range(node, labels)
    if isinstance(node, nodes.Filter):
        return f"{text_of(node.source, labels)}[{text_of(node.condition, labels)}]"
    if isinstance(node, nodes.Logical):
        return (" and " if node.conjunction else " or ").join(text_of(part, labels) for part in node.parts)
    if isinstance(node, nodes.OperatorTest):
        return f"{SIGNS.get(node.operator, node.operator)} {text_of(node.operand, labels)}"
    return text_of(node.expression, labels) if isinstance(node, nodes.ExpressionTest) else "…"


def _named(path: str, labels: Labels) -> str:
    """The longest beginning that has a label, then the rest as it is written: 项目.code."""
    known = path
    while known:
        if known in labels:
            return labels[known] + path[len(known) :]
        known = known.rpartition(".")[0]
    return path


def _range(node: nodes.RangeLiteral, labels: Labels) -> str:
    start = text_of(node.start, labels) if node.start is not None else ""
    end = text_of(node.end, labels) if node.end is not None else ""
    return f"{'[' if node.start_included else '('}{start}..{end}{']' if node.end_included else ')'}"


def _short(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
