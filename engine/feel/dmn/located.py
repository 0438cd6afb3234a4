"""Nodes that only boxed expressions have.

A boxed expression is one tree of many texts, and an error belongs to the text it is in.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel import nodes
from engine.feel.compiler.code import Code, Frame, Scope, compile_node, compiles
from engine.feel.errors import FeelError
from engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class Text(nodes.Node):
    """The expression of one text."""

    text: str
    expression: nodes.Node


@compiles
def compile_text(node: Text, scope: Scope) -> Code:
    """Errors, of compiling and of running, know their text and place."""
    mistakes = scope.layout.mistakes
    known = len(mistakes)
    try:
        code = compile_node(node.expression, scope)
    except FeelError as error:
        raise error.located(node.text) from None
    mistakes[known:] = [mistake.located(node.text) for mistake in mistakes[known:]]
    if code.constant:
        return code
    run_inner, text = code.run, node.text

    def run(frame: Frame) -> Value:
        try:
            return run_inner(frame)
        except FeelError as error:
            raise error.located(text) from None

    return Code(run, code.cost, slot=code.slot)


@dataclass(frozen=True, slots=True)
class Record(nodes.Node):
    """A row of a relation: a context whose entries do not see each other."""

    entries: tuple[tuple[str, nodes.Node], ...]


@compiles
def compile_record(node: Record, scope: Scope) -> Code:
    """A context."""
    entries = [(name, compile_node(entry, scope)) for name, entry in node.entries]
    runs = [(name, code.run) for name, code in entries]
    return Code(lambda frame: {name: run(frame) for name, run in runs}, 1 + sum(code.cost for _name, code in entries))
