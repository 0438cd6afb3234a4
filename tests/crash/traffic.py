"""Three small procedures with everything that can be interrupted, and the handler that leaves a trace outside.

A payment waits for a person (or for the time limit to take it from him), runs a service job, calls a second procedure,
takes the message that this one sends, and ends with a message that begins a case of a third one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml.etree import _Element as Element

from engine.platform import Platform
from tests.engine.bpmn.build import (
    awaits,
    both,
    boundary,
    call,
    catch,
    data,
    declared,
    element,
    end,
    event,
    extension,
    hands,
    script,
    timer,
    xor,
)
from tests.fixtures.exchange import begin, job, publish, work

PAYMENT, ANSWER, FILING = "payment", "answer", "filing"
TOPIC = "crash.pay"
PAYEE = "hejing"
"""Who is told of every payment."""


def _message(name: str, **attributes: str) -> Element:
    return event("message", messageRef=name, **attributes)


def _tells(name: str, **attributes: str) -> Element:
    """An end event that sends a message with the mark of its case."""
    return element("endEvent", "tell", data(inputs=[("note", "= mark")]), _message(name, **attributes), name="tell")


def publish_all(platform: Platform, handler: Callable[[Any], dict[str, Any]]) -> None:
    """Publish the three procedures, with the handler of the service job."""
    key = {"guicheng_correlationKey": "= mark"}
    publish(
        platform,
        PAYMENT,
        begin(),
        script("take", "= note", "mark"),
        both("fork"),
        work("write"),
        boundary("late", "write", timer("PT5M")),
        work("again", "hejing"),
        xor("merge"),
        job("pay", TOPIC),
        call("ask", ANSWER, extension(hands("in", source="mark", target="note"))),
        awaits("wait", _message("answered", **key)),
        both("join"),
        work("close"),
        _tells("paid"),
        declared("message", "answered"),
        declared("message", "paid"),
        flows="""start > take > fork
            fork > write > merge > pay > join
            late > again > merge
            fork > ask > join
            fork > wait > join
            join > close > tell""",
        handlers={TOPIC: handler},
    )
    publish(
        platform,
        ANSWER,
        begin(),
        script("take", "= note", "mark"),
        work("check", "hejing"),
        _tells("answered", **key),
        declared("message", "answered"),
        flows="start > take > check > tell",
    )
    publish(
        platform,
        FILING,
        begin("start", _message("paid")),
        catch("rest", "PT1M"),
        work("look"),
        end(),
        declared("message", "paid"),
        flows="start > rest > look > end",
    )


class Journal:
    """A file beside the database: what was done outside, and what people were told is done. A line is on the disk, and
    outlives whoever wrote it, when `write` returns."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, *words: object) -> None:
        """Append a line; whole lines only, however many write at once."""
        line = " ".join(map(str, words)) + "\n"
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def read(self, kind: str) -> list[list[str]]:
        """What follows the first word of the lines that begin with it, in order."""
        if not self._file.exists():
            return []
        lines = [line.split() for line in self._file.read_text(encoding="utf-8").splitlines()]
        return [words for first, *words in lines if first == kind]


def paying(journal: Journal, fatal: bool) -> Callable[[Any], dict[str, Any]]:
    """The handler: its effect is a line with its idempotency key. A `fatal` one ends the process at the worst moment,
    when the effect is there and nobody knows of it."""

    def pay(context: Any) -> dict[str, Any]:
        journal.write("paid", context.idempotency_key, context.case["number"])
        if fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        context.notify.send([PAYEE], f"{context.case['number']} 已付款")
        return {"receipt": context.idempotency_key}

    return pay
