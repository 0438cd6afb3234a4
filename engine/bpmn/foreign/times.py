"""Due and follow-up dates → `guicheng:deadline`; the texts of timers.

A due date is the moment at which the task is late: an ISO date or duration, or FEEL that gives one. A follow-up date is
the moment at which its people are reminded, alone too.
"""

from __future__ import annotations

from datetime import datetime

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.foreign.desk import Desk, add, extension, extension_box, taken
from engine.bpmn.foreign.juel import is_juel
from engine.bpmn.foreign.juel.written import quoted
from engine.bpmn.gate.diagram import label
from engine.bpmn.moments import Period, read_moment
from engine.bpmn.names import bpmn, guicheng
from engine.i18n import _

_TIMERS = ("timeDuration", "timeDate", "timeCycle")


def translate_deadline(task: Element, desk: Desk) -> None:
    """Of a user task. One that has a deadline of this house keeps the foreign words too; the gate refuses those."""
    if extension(task, guicheng("deadline")) is not None:
        return
    due, remind = taken(task, "dueDate"), taken(task, "followUpDate")
    said: dict[str, str] = {}
    if due:
        said["due"] = _or_none(_moment(task, desk, "dueDate", due), due)
    if remind:
        text = _moment(task, desk, "followUpDate", remind)
        later = isinstance(read_moment(unquoted(remind)), Period)
        said["remind"] = f"= now() + duration({quoted(unquoted(remind))})" if later else _or_none(text, remind)
    if said:
        add(extension_box(task), guicheng("deadline"), said)


def _moment(task: Element, desk: Desk, name: str, text: str) -> str:
    written = desk.feel(task, desk.shown(name), unquoted(text))
    if feel_of(written) is not None:
        return written
    if isinstance(read_moment(written), Period | datetime):
        return f"= {quoted(written)}"
    message = _(
        "{it}的 {name}「{text}」不能识别，请写成 2026-11-06T09:30:00、P3D 或 ${{…}}。",
        it=label(task),
        name=desk.shown(name),
        text=text,
    )
    desk.refuse(task, "foreign_setting", message)
    return "= null"


def _or_none(written: str, text: str) -> str:
    """A variable that is null says that there is no such date."""
    return f'= get or else({feel_of(written)}, "")' if is_juel(text) else written


def translate_timer(definition: Element, desk: Desk) -> None:
    """`"PT1H"` in quotes is `PT1H`; `${dueDate}` is FEEL."""
    for tag in _TIMERS:
        for element in definition.findall(bpmn(tag)):
            element.text = desk.feel(element, _("时间"), unquoted(element.text or ""))


def unquoted(text: str) -> str:
    """The text inside one pair of quotes; any other text without the blanks around it."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]:
        return text[1:-1].strip()
    return text
