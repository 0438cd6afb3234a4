"""House rules on lengths: what a diagram calls things must fit where lists and records keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from engine.bpmn.model import Node
from engine.errors import Finding
from engine.i18n import _

_PREFIX = re.compile(r"[A-Za-z0-9]{1,10}")


class Drawn(Protocol):
    """What house rules look at: a `Definition`, or the `Sketch` of a diagram that cannot run yet."""

    @property
    def key(self) -> str:
        """The process's id."""
        ...

    @property
    def name(self) -> str:
        """The process's name."""
        ...

    @property
    def prefix(self) -> str | None:
        """How its case numbers begin."""
        ...

    @property
    def clauses(self) -> str | None:
        """The clauses that it carries out."""
        ...

    @property
    def start(self) -> Node | None:
        """The start event of the process."""
        ...

    @property
    def nodes(self) -> Mapping[str, Node]:
        """All its nodes by id."""
        ...


def check_lengths(definition: Drawn) -> Iterator[Finding]:
    """Names, ids, outcomes and acts that are too long, and prefixes that cannot begin a case's number."""
    whole = (definition.key, definition.name)
    yield from _too_long(whole, _("流程名称"), definition.name, 80)
    if definition.prefix and _PREFIX.fullmatch(definition.prefix) is None:
        message = _("编号前缀只能是 1 到 10 个字母或数字，例如 BG，请改正。")
        yield Finding("house", "prefix_form", *whole, message)
    for node in definition.nodes.values():
        yield from _node(node)


def _node(node: Node) -> Iterator[Finding]:
    where = (node.id, node.name)
    yield from _too_long(where, _("编号（id）"), node.id, 120)
    yield from _too_long(where, _("名称"), node.name, 120)
    yield from _too_long(where, _("办结结果"), node.outcome or "", 20)
    for action in node.actions.items if node.actions else ():
        yield from _too_long(where, _("办理动作的值"), action.value, 40)
        yield from _too_long(where, _("办理动作的文字"), action.label, 40)


def _too_long(where: tuple[str, str], what: str, text: str, most: int) -> Iterator[Finding]:
    if len(text) > most:
        message = _("{what}有 {n} 个字符，最多 {most} 个，请改短。", what=what, n=len(text), most=most)
        yield Finding("house", "too_long", where[0][:120], where[1][:120], message)
