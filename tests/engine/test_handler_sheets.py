"""What is read from a handler: inputs, outputs, errors."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from engine.boot import load_handlers
from engine.handler_sheets import ErrorCode, Value, sheet, sheets


def send(
    context: Any, *, to: list[str], text: str, copies: Decimal | int = 1, until: str | None = None
) -> dict[str, Any]:
    """发一条通知，
    立即送达。

    to: 收件人账号，
        可以是几个
    返回 sent: 送达的人数
    错误 NOBODY: 没有人可以送达
    """
    if not to:
        context.error("NOBODY", "没有人")
        context.error("OTHER", "别的")
    return {"sent": len(to), "at": context.now}


def test_inputs_come_from_the_signature_and_their_words_from_the_docstring() -> None:
    found = sheet("demo.send", send)
    assert found.summary == "发一条通知，立即送达。"
    assert found.inputs == (
        Value("to", "list", True, False, "收件人账号，可以是几个"),
        Value("text", "string", True, False, ""),
        Value("copies", "number", False, False, ""),
        Value("until", "string", False, True, ""),
    )


def test_outputs_and_errors_come_from_the_code_too() -> None:
    found = sheet("demo.send", send)
    assert [(one.name, one.summary) for one in found.outputs] == [("sent", "送达的人数"), ("at", "")]
    assert found.errors == (ErrorCode("NOBODY", "没有人可以送达"), ErrorCode("OTHER", ""))
    assert not found.open_ended


def test_a_handler_without_words_or_hints_is_still_told() -> None:
    def bare(context, first, **rest):  # type: ignore[no-untyped-def]
        return dict(first)

    found = sheet("demo.bare", bare)
    assert found.inputs == (Value("first", "Any", True, False, ""),)
    assert (found.summary, found.outputs, found.errors, found.open_ended) == ("", (), (), True)


def test_one_made_at_run_time_has_no_text_to_look_at() -> None:
    space: dict[str, Any] = {}
    exec("def made(context, *, a: int = 1):\n    return {'b': a}", space)
    assert [one.name for one in sheet("demo.made", space["made"]).inputs] == ["a"]


def test_hints_may_be_classes_or_their_names() -> None:
    def typed(context: Any, a: Mapping[str, int], b: bool | None, c: Any) -> None: ...

    typed.__annotations__ |= {"a": Mapping, "b": bool | None}
    assert [(one.name, one.type) for one in sheet("demo.typed", typed).inputs] == [
        ("a", "context"),
        ("b", "boolean"),
        ("c", "Any"),
    ]


def test_every_handler_of_the_product_says_what_each_input_is() -> None:
    for found in sheets(load_handlers()):
        assert found.summary, found.topic
        assert all(one.summary for one in (*found.inputs, *found.outputs)), found.topic
        assert all(error.summary for error in found.errors), found.topic


def test_two_people_who_ask_at_the_same_time_never_read_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    read, meeting, parse = [], Barrier(2), ast.parse
    met = []

    def slowly(text: str, *more: Any, **named: Any) -> ast.AST:
        read.append(text)
        with suppress(BrokenBarrierError):
            met.append(meeting.wait(timeout=0.3))  # a second reader would come here too
        return parse(text, *more, **named)

    def one(context: Any, count: int) -> dict[str, Any]:
        return {"count": count}

    def other(context: Any, price: Decimal) -> dict[str, Any]:
        return {"price": price}

    with monkeypatch.context() as patched, ThreadPoolExecutor(2) as people:
        patched.setattr(ast, "parse", slowly)
        asked = [people.submit(sheets, {"a.one": one, "b.other": other}) for _person in range(2)]
        first, second = (answer.result() for answer in asked)
    assert met == []
    assert first == second
    assert len(read) == 2, "what was read once is not read again"
