"""A timer says when, once, in a text that can be understood and that lies within a human life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml.etree import _Element as Element

from engine.bpmn.cron import Cron
from engine.bpmn.expressions import feel_of
from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import EVENT_TAGS, local
from engine.bpmn.moments import Amount, Period, read_cycle, read_moment
from engine.bpmn.names import GUICHENG
from engine.errors import Finding
from engine.i18n import _

MAX_YEARS = 100
_TAGS = ("timeDuration", "timeDate", "timeCycle")

CLOCK = GUICHENG + "clock"


def check_timers(diagram: Diagram) -> Iterator[Finding]:
    """Exactly one duration, date or cycle in each timer."""
    for event in diagram.all(*EVENT_TAGS):
        timed = any(local(definition) == "timerEventDefinition" for definition in diagram.definitions(event))
        if event.get(CLOCK) is not None and not timed:
            message = _("{it}不是计时事件，不能显示倒计时，请删除 guicheng:clock 或改为计时。", it=label(event))
            yield finding(event, "clock_without_timer", message)
        for definition in diagram.definitions(event):
            if local(definition) == "timerEventDefinition":
                yield from _timer(event, definition)


def _timer(event: Element, definition: Element) -> Iterator[Finding]:
    times = [child for child in definition if local(child) in _TAGS and (child.text or "").strip()]
    if not times:
        yield finding(event, "no_time", _("{it}没有填写时间，请填写一个时长、日期或循环。", it=label(event)))
        return
    if len(times) > 1:
        message = _("{it}写了 {n} 个时间，只能有一个；请删除多余的。", it=label(event), n=len(times))
        yield finding(event, "several_times", message)
        return
    text = (times[0].text or "").strip()
    if feel_of(text) is None and not _understood(local(times[0]), text):
        yield finding(event, "bad_time", _bad_time(event, times[0], text))


def _understood(tag: str, text: str) -> bool:
    if tag == "timeDate":
        return isinstance(read_moment(text), datetime)
    if tag == "timeDuration":
        return _is_duration(text)
    cycle = read_cycle(text)
    return cycle is not None and (isinstance(cycle.every, Cron) or _is_short(cycle.every))


def _is_duration(text: str) -> bool:
    moment = read_moment(text)
    return isinstance(moment, Amount | Period) and _is_short(moment)


def _is_short(moment: Amount | Period) -> bool:
    if isinstance(moment, Amount):
        return moment.amount <= 366 * MAX_YEARS * (24 if moment.unit == "hour" else 1)
    return moment.months / 12 + moment.rest.days / 365 <= MAX_YEARS


def _bad_time(event: Element, element: Element, text: str) -> str:
    tag = local(element)
    if tag == "timeDate":
        return _(
            "{it}的日期「{text}」不能识别，请写成 2026-11-06T09:30:00 或以 = 开头的表达式。",
            it=label(event),
            text=short(text),
        )
    if tag == "timeCycle":
        return _(
            "{it}的循环「{text}」不能识别，请写成 R3/PT1H、R/2026-11-06T09:30:00/P1D、"
            "0 0 9 ? * MON-FRI（秒 分 时 日 月 星期，星期写英文缩写）或以 = 开头的表达式。",
            it=label(event),
            text=short(text),
        )
    return _(
        "{it}的时长「{text}」不能识别，请写成 5 个工作日、48 小时、P3D、PT2H（不超过 {n} 年）或以 = 开头的表达式。",
        it=label(event),
        text=short(text),
        n=MAX_YEARS,
    )
