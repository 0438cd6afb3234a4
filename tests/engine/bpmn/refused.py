"""Small diagrams around one element that the gate is to judge."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import DiagramRefused, check, parse
from tests.engine.bpmn.build import end, extension, message, on_message, ours, start, user
from tests.engine.bpmn.grammar import diagram

LINE = "start > a > end"


def task(*children: Any, **attributes: Any) -> bytes:
    """A process of one user task."""
    return diagram(start(), user("a", *children, **attributes), end(), flows=LINE)


def one(node: Any, *tops: Any) -> bytes:
    """A process of one node `a` of any kind."""
    return diagram(*tops, start(), node, end(), flows=LINE)


def beside(*inside: Any, flows: str = "w_start > e", **start_attributes: Any) -> bytes:
    return diagram(
        message("m"),
        start(),
        user("a"),
        end(),
        on_message("w", "m", *inside, flows=flows, **start_attributes),
        flows=LINE,
    )


def bounded(event: Any, *tops: Any, host: Any = None, flows: str = "x > end") -> bytes:
    host = user("a") if host is None else host
    return diagram(*tops, start(), host, event, end(), flows=f"{LINE}\n{flows}")


def actions(*items: dict[str, str], **attributes: str) -> Any:
    return extension(ours("actions", *[ours("action", **item) for item in items], **attributes))


OK = {"value": "ok", "label": "通过", "kind": "approve"}
PLAIN = task()
XMLNS = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'


def drawn(text: str) -> bytes:
    """The plain process with more inside it."""
    return PLAIN.replace(b"<bpmn:startEvent", text.encode() + b"<bpmn:startEvent", 1)


def collaborating(text: str) -> bytes:
    """The plain process in a collaboration with that content."""
    around = f'<bpmn:collaboration id="c">{text}</bpmn:collaboration><bpmn:process'
    return PLAIN.replace(b"<bpmn:process", around.encode(), 1)


def assert_refused(code: str, where: str, xml: bytes) -> None:
    """The diagram gives that finding at that element, in a sentence for people, and is not read."""
    found = check(xml)
    assert (code, where) in [(f.code, f.element_id) for f in found]
    for finding in found:
        assert finding.level == "standard"
        assert finding.message.endswith("。")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in finding.message)
    with pytest.raises(DiagramRefused) as refused:
        parse(xml)
    assert list(refused.value.findings) == found
