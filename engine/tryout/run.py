"""A run: who starts, and what is done step by step. The browser keeps it as JSON; the server plays it from its start.

{"start": {"person": account, "at": ISO moment, "data": {…}},
 "steps": [{"do": "complete", "node", "person", "action", "opinion", "data"},
           {"do": "claim", "node", "person"}, {"do": "transfer", "node", "person", "to": account, "opinion"},
           {"do": "return", "node", "person", "to": node id, "opinion"}, {"do": "withdraw", "opinion"},
           {"do": "recall", "node", "person"},
           {"do": "fail", "node", "action": error code},
           {"do": "answer", "node", "data": {…} | "action": error code}, {"do": "message" | "signal", "node", "data"},
           {"do": "wait", "days": n | "until": ISO moment | neither: to the next timer}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine.clock import LOCAL
from engine.errors import Invalid
from engine.i18n import _

ACTS = ("complete", "claim", "transfer", "return", "withdraw", "recall", "fail", "answer", "message", "signal", "wait")
MAX_STEPS = 200
MAX_DAYS = 1000
MAX_TEXT = 2000
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Start:
    """Who starts the case, when (aware), and what the start form says."""

    person: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One thing that is done; see the module for which fields belong to which act."""

    do: str
    node: str = ""
    person: str = ""
    action: str = ""
    opinion: str = ""
    to: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    days: int | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Run:
    """A start and its steps."""

    start: Start
    steps: tuple[Step, ...] = ()

    @classmethod
    def read(cls, value: Any) -> Run:
        """The run in parsed JSON; `Invalid` says what cannot be read."""
        start = _object(value, "run").get("start")
        steps = value.get("steps") or []
        if not isinstance(steps, list):
            raise _unreadable("steps")
        if len(steps) > MAX_STEPS:
            raise Invalid(_("一次试运行最多 {n} 步，现在有 {m} 步。请从头再来或分成几次。", n=MAX_STEPS, m=len(steps)))
        told = _object(start, "start")
        at = _moment(told.get("at"), "at")
        if at is None:
            raise _unreadable("at")
        return cls(Start(_text(told, "person"), at, _object(told.get("data") or {}, "data")), tuple(map(_step, steps)))

    def dump(self) -> dict[str, Any]:
        """As JSON again, without what is empty."""
        start = {"person": self.start.person, "at": _iso(self.start.at), "data": dict(self.start.data)}
        return {"start": start, "steps": [_dumped(step) for step in self.steps]}


def _step(value: Any) -> Step:
    told = _object(value, "steps")
    do = _text(told, "do")
    if do not in ACTS:
        raise Invalid(_("试运行里没有“{do}”这种步骤。请刷新页面后从头再来。", do=do[:40]))
    days = told.get("days")
    if days is not None and (type(days) is not int or not 0 < days <= MAX_DAYS):
        raise Invalid(_("推进的工作日须是 1 到 {n} 的整数。", n=MAX_DAYS))
    return Step(
        do,
        _text(told, "node"),
        _text(told, "person"),
        _text(told, "action"),
        _text(told, "opinion"),
        _text(told, "to"),
        _object(told.get("data") or {}, "data"),
        days,
        _moment(told.get("until"), "until"),
    )


def _dumped(step: Step) -> dict[str, Any]:
    values = {name: getattr(step, name) for name in Step.__dataclass_fields__}
    if step.until is not None:
        values["until"] = _iso(step.until)
    return {name: dict(value) if name == "data" else value for name, value in values.items() if value}


def _iso(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="minutes")


def _moment(value: Any, name: str) -> datetime | None:
    """An ISO moment; one without a zone is on the wall clock of Asia/Shanghai."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _unreadable(name) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LOCAL)
    if not _EARLIEST <= moment <= _LATEST:
        raise Invalid(_("试运行的时间须在 2000 年到 2100 年之间。"))
    return moment.astimezone(UTC)


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _unreadable(name)
    return value


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name) or ""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise _unreadable(name)
    return value


def _unreadable(name: str) -> Invalid:
    return Invalid(_("没有读懂试运行的内容（{name}），什么都没有改动。请刷新页面后重试。", name=name))
