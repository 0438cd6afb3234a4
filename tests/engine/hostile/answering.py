"""Answers hostile files one by one, each in a process of its own with limits, and tells what it cost.

    python -m tests.engine.hostile.answering PIPE PORT          → one line of JSON for each case

The parent imports the product and warms it up; each case is answered by a fork of it, which may use two seconds of
processor and a quarter of a gigabyte, and whose every look at the world outside is noted.
"""

from __future__ import annotations

import codecs
import json
import os
import resource
import sys
import time
from contextlib import suppress
from typing import Any

from engine.bpmn import check, sketch
from engine.bpmn.outline import outline
from engine.feel import FeelError, compile_expression
from engine.forms import Form, FormRefused
from tests.engine.hostile.corpus import Case, Lure, cases

MAX_SECONDS = 2.0
MAX_MEGABYTES = 256
_FORBIDDEN = (
    "open",
    "socket.",
    "subprocess.",
    "os.",
    "exec",
    "compile",
    "ctypes.",
    "shutil.",
    "pty.",
    "urllib.",
    "ftplib.",
)
_ALLOWED = ("os.listdir", "os.scandir")  # the import of a codec looks for its module


def answer(case: Case) -> list[str]:
    """The codes that refuse it; of an expression the kind of its error."""
    if case.kind == "diagram":
        return [finding.code for finding in check(case.data)]
    if case.kind == "form":
        try:
            Form.parse(case.data)
        except FormRefused as refused:
            return [finding.code for finding in refused.findings]
        return []
    try:
        compile_expression(case.data.decode("utf-8"))({})
    except FeelError as error:
        return [kind.__name__ for kind in type(error).__mro__ if issubclass(kind, FeelError)]
    return []


def answer_apart(name: str, case: Case) -> dict[str, Any]:
    """What a fork of this process answers: `codes`, `touched`, `seconds`, `megabytes`, and how it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer_and_leave(writing, case)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _child, status, usage = os.wait4(child, 0)
    found = json.loads(told) if told else {"codes": [], "touched": [], "seconds": MAX_SECONDS}
    return {"name": name, "code": case.code, "status": status, "megabytes": usage.ru_maxrss / 1024, **found}


def _answer_and_leave(writing: int, case: Case) -> None:
    touched: list[str] = []

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN) and event not in _ALLOWED:
            touched.append(f"{event} {str(arguments)[:100]}")

    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    sys.addaudithook(note)
    began = time.process_time()
    try:
        codes = answer(case)
        told: dict[str, Any] = {"codes": sorted(set(codes)), "touched": list(touched)}
    except BaseException as error:
        told = {"codes": [f"error {type(error).__name__} {str(error)[:200]}"], "touched": list(touched)}
    told["seconds"] = time.process_time() - began
    if case.kind == "diagram":  # what reads half-drawn files never raises
        sketch(case.data)
        outline(case.data)
    os.write(writing, json.dumps(told).encode()[:60_000])
    os._exit(0)


def warm_up() -> None:
    """Whatever is imported at first use is imported now, so that it is not mistaken for something that a file did."""
    for case in list(cases(Lure("/nonexistent", 9)).values())[:400:40]:
        answer(case)
    for codec in ("rot13", "zlib", "idna", "utf-7", "klingon"):
        with suppress(LookupError):
            codecs.lookup(codec)
    for text in ('date("2026-01-01")', "1 + 1", 'matches("a", "a")'):
        answer(Case("expression", "", text.encode()))


def main(pipe: str, port: str) -> None:
    """All cases, a line each."""
    warm_up()
    for name, case in cases(Lure(pipe, int(port))).items():
        print(json.dumps(answer_apart(name, case)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
