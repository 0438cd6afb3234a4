"""What a handler is, for people who draw: read from the function's signature, type hints and docstring.

The docstring of a handler is what process owners read in the modeler, so it is Chinese. After the text, one line for
each parameter, result and error (`handlers/README.md`):

    project: 项目编号
    返回 baseline: 更新后的基线
    错误 BASELINE_CONFLICT: 办理期间基线已被其他变更改动
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

_LINE = re.compile(r"(?:(返回|错误)\s*)?([A-Za-z_]\w*)\s*[:：]\s*(.+)")
_KINDS = {
    "str": "string",
    "int": "number",
    "float": "number",
    "Decimal": "number",
    "bool": "boolean",
    "date": "date",
    "datetime": "date and time",
    "time": "time",
    "list": "list",
    "tuple": "list",
    "Sequence": "list",
    "dict": "context",
    "Mapping": "context",
}

_READING = threading.Lock()
"""One reader at a time: Python 3.11 counts the depth of a syntax tree once for all threads, and two that make one at
the same time may end in a SystemError."""


@dataclass(frozen=True)
class Value:
    """An input or output of a handler. `type` is FEEL's; an input that is not `required` has a default, one that is
    `nullable` may be given null."""

    name: str
    type: str
    required: bool
    nullable: bool
    summary: str


@dataclass(frozen=True)
class ErrorCode:
    """An error that a boundary event can catch."""

    code: str
    summary: str


@dataclass(frozen=True)
class HandlerSheet:
    """A handler by its topic. `open_ended` says that it takes inputs of any name."""

    topic: str
    summary: str
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]
    errors: tuple[ErrorCode, ...]
    open_ended: bool


def sheets(handlers: Mapping[str, Callable[..., Any]]) -> list[HandlerSheet]:
    """All handlers, by topic."""
    return [sheet(topic, handlers[topic]) for topic in sorted(handlers)]


def sheet(topic: str, function: Callable[..., Any]) -> HandlerSheet:
    """One handler, read the first time somebody asks. The first parameter is the context, which the platform brings."""
    with _READING:
        return _read(topic, function)


@cache
def _read(topic: str, function: Callable[..., Any]) -> HandlerSheet:
    summary, told = _docstring(inspect.getdoc(function) or "")
    parameters = list(inspect.signature(function).parameters.values())[1:]
    inputs = tuple(
        Value(
            one.name,
            _kind(one.annotation),
            one.default is inspect.Parameter.empty,
            _nullable(one.annotation),
            told.get(("", one.name), ""),
        )
        for one in parameters
        if one.kind not in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    )
    body = _body(function)
    results = dict.fromkeys([name for kind, name in told if kind == "返回"] + list(_returned(body)))
    codes = dict.fromkeys([name for kind, name in told if kind == "错误"] + list(_raised(body)))
    return HandlerSheet(
        topic=topic,
        summary=summary,
        inputs=inputs,
        outputs=tuple(Value(name, "Any", True, True, told.get(("返回", name), "")) for name in results),
        errors=tuple(ErrorCode(code, told.get(("错误", code), "")) for code in codes),
        open_ended=any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters),
    )


def _docstring(text: str) -> tuple[str, dict[tuple[str, str], str]]:
    """The text before the first such line, and what is told by (返回, 错误 or "", name)."""
    told: dict[tuple[str, str], str] = {}
    words: list[str] = []
    last: tuple[str, str] | None = None
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match:
            last = (match[1] or "", match[2])
            told[last] = match[3].strip()
        elif line.strip() and last is not None:
            told[last] += line.strip()
        elif line.strip():
            words.append(line.strip())
    return "".join(words), told


def _kind(annotation: Any) -> str:
    kinds = {_KINDS.get(re.split(r"[\[.]", part)[0], "Any") for part in _parts(annotation) if part != "None"}
    if kinds == {"date", "string"}:
        return "date"  # a date, or its ISO text
    return kinds.pop() if len(kinds) == 1 else "Any"


def _nullable(annotation: Any) -> bool:
    return "None" in _parts(annotation)


def _parts(annotation: Any) -> list[str]:
    """The alternatives of a hint: `int | None` is int and None."""
    if annotation is inspect.Parameter.empty:
        return []
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        depth += (char in "[(") - (char in "])")
        if char == "|" and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [*parts, text[start:].strip()]


def _body(function: Callable[..., Any]) -> ast.AST | None:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None  # made at run time: there is no text to look at


def _returned(body: ast.AST | None) -> Iterator[str]:
    """The keys of the mappings that the function returns as written."""
    for node in ast.walk(body) if body is not None else ():
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Dict):
            for key in node.value.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value


def _raised(body: ast.AST | None) -> Iterator[str]:
    """The codes in `context.error("CODE", …)`."""
    for node in ast.walk(body) if body is not None else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "error":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
