"""申请数据, 关键数据, 审批单: what a case says about itself, from the forms that people sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.clock import local
from engine.forms import Form, Option
from engine.i18n import _
from engine.jsondata import load
from engine.models import CaseData, Task, TaskState
from engine.options import options_for
from engine.queries.timeline import History
from engine.queries.values import PersonRef, Sheet, SheetCell

WIDE = 24
"""A text longer than this takes the whole width of a description list."""


@dataclass(frozen=True)
class FormDataView:
    """One form as it was sent: by whom and when, label and text in the form's order."""

    name: str
    person: PersonRef
    at: datetime
    items: list[tuple[str, str]]


class CaseFile:
    """The forms of a case, read once; `latest` is the application as last changed."""

    def __init__(self, session: Session, history: History) -> None:
        self._history = history
        row = session.get(CaseData, history.instance.id)
        self.started: dict[str, Any] = load(row.data) if row else {}
        self.sent = [t for t in history.tasks if t.state == TaskState.COMPLETED and t.data not in (None, b"{}")]
        deployed = history.deployed
        self.start_form = deployed.form_of(deployed.process.start.id)
        forms = [self.start_form, *(deployed.form_of(t.node_id) for t in self.sent)]
        self.options: Mapping[str, list[Option]] = options_for(
            session, {source for form in forms if form for source in form.sources}
        )
        self.latest = self._latest()

    def _latest(self) -> dict[str, Any]:
        keys = {field.key for field in self.start_form.fields} if self.start_form else set()
        latest = dict(self.started)
        for task in self.sent:
            node = self._history.deployed.process.nodes[task.node_id]
            if node.multi_instance is None:
                latest |= {key: value for key, value in load(task.data).items() if key in keys}
        return latest

    def summary(self) -> list[tuple[str, str, bool]]:
        """The application: label, text, whether it wants the whole width."""
        if self.start_form is None:
            return []
        shown = self.start_form.present(self.latest, self.options)
        return [(label, text, len(text) > WIDE) for label, text in shown if text != "—"]

    def key_data(self) -> list[tuple[str, str]]:
        """What the diagram names as 关键数据, and who applied."""
        keys = self._history.deployed.process.key_data
        if self.start_form is None:
            return []
        rows = [
            row
            for key in keys
            for row in self.start_form.present(self.latest, self.options, only=[key])
            if row[1] != "—"
        ]
        return [*rows, (_("申请人"), str(self._history.names[self._history.instance.starter_id]))]

    def forms(self) -> list[FormDataView]:
        """Every form that was sent, newest first, the application last."""
        history = self._history
        views = [self._view(task) for task in reversed(self.sent)]
        if self.start_form is not None:
            items = self._items(self.start_form, self.started)
            person = history.names[history.instance.starter_id]
            views.append(FormDataView(_("申请"), person, history.instance.started_at, items))
        return [view for view in views if view.items]

    def _view(self, task: Task) -> FormDataView:
        form = self._history.deployed.form_of(task.node_id)
        items = self._items(form, load(task.data)) if form else []
        assert task.completed_at is not None
        return FormDataView(task.name, self._history.names[task.completed_by], task.completed_at, items)

    def _items(self, form: Form, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [(label, text) for label, text in form.present(data, self.options) if text != "—"]


def sheet(history: History, case: CaseFile, attachments: list[str], clauses: list[str]) -> Sheet:
    """The printed 审批单 (UI.md §9): the application, one row per finished step, who signed when."""
    instance, now = history.instance, history.now
    applicant = SheetCell(_("申请人"), str(history.names[instance.starter_id]))
    applied = SheetCell(_("申请日期"), _day(instance.started_at))
    rows = [[SheetCell(_("名称"), instance.title)], [applicant, applied]]
    short = [SheetCell(label, text) for label, text, wide in case.summary() if not wide and text != instance.title]
    rows += [short[i : i + 2] for i in range(0, len(short), 2)]
    rows += [[SheetCell(label, text)] for label, text, wide in case.summary() if wide and text != instance.title]
    rows += [[cell] for cell in _steps(history)]
    return Sheet(
        title=_("{name}单", name=history.deployed.name),
        number=instance.number,
        printed_at=now,
        unfinished=instance.state == "running",
        rows=rows,
        check_code=_check_code(instance.event_head),
        clauses=clauses,
        attachments=attachments,
    )


def _steps(history: History) -> list[SheetCell]:
    groups: dict[int, list[Task]] = {}
    for task in history.tasks:
        groups.setdefault(task.activity_id, []).append(task)
    cells = []
    for group in groups.values():
        done = [t for t in group if t.state == TaskState.COMPLETED]
        if any(t.state == TaskState.OPEN for t in group):
            cells.append(SheetCell(group[0].name, _("（办理中）")))
        elif done:
            last = done[-1]
            assert last.completed_at is not None
            opinions = _("；").join(t.opinion.rstrip("。；") for t in done if t.opinion)
            head = last.action_label if len(group) == 1 else _tally(group)
            signer = str(history.names[last.completed_by])
            if len(done) > 1:
                signer = _("{name} 等 {n} 人", name=signer, n=len(done))
            sign = f"{signer}　{_day(last.completed_at)} {local(last.completed_at):%H:%M}"
            cells.append(SheetCell(group[0].name, _("{head}。{opinions}", head=head, opinions=opinions), sign))
    return cells


def _tally(group: list[Task]) -> str:
    counts: dict[str, int] = {}
    for task in group:
        label = task.action_label if task.state == TaskState.COMPLETED else _("未表态")
        counts[label] = counts.get(label, 0) + 1
    return _("，").join(f"{label} {count}" for label, count in counts.items()) + _("，共 {n} 人", n=len(group))


def _day(moment: datetime) -> str:
    at = local(moment)
    return _("{y}年{m}月{d}日", y=at.year, m=at.month, d=at.day)


def _check_code(head: str) -> str:
    """Twelve letters that stand for the tip of the case's log: any later entry changes them."""
    code = hashlib.sha256(head.encode()).hexdigest()[:12].upper()
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"
