"""What a person sends with a form: checked by the form's own file, turned into variables of the case."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from engine import bpmn
from engine.clock import local
from engine.errors import Invalid, InvalidForm
from engine.feel import NOW
from engine.forms import Form, Option
from engine.i18n import _
from engine.models import Attachment
from engine.options import options_for
from engine.ports import Projects

OPINION_LIMIT = 500
"""Characters of an opinion, as the page counts them."""


def accept(
    session: Session,
    form: Form | None,
    data: Mapping[str, Any],
    now: datetime,
    context: Mapping[str, Any],
    labels: Mapping[str, str],
) -> dict[str, Any]:
    """The form's data as typed variables; `InvalidForm` with all errors by field. `context` are the case's
    variables, which conditions and limits of the form may look at, `labels` what people call them."""
    sources = options_for(session, form.sources) if form is not None else {}
    return typed(form, data, sources, now, context, Projects(session, None, now).facts, labels)


def typed(
    form: Form | None,
    data: Mapping[str, Any],
    sources: Mapping[str, Sequence[Option]],
    now: datetime,
    context: Mapping[str, Any],
    facts: Callable[[str], Mapping[str, Any] | None],
    labels: Mapping[str, str],
) -> dict[str, Any]:
    """`accept` with the choices of each source and the facts of projects handed in.

    A field whose choices are projects also brings the project's baseline in force as `<key>_facts`, so that tables and
    conditions can judge by it.
    """
    if form is None:
        if data:
            raise InvalidForm({key: _("这一环节没有表单，不接受“{key}”。", key=key) for key in data})
        return {}
    variables = form.validate(dict(data), sources, local(now).date(), {**context, NOW: now}, labels)
    return _completed(form, variables, facts)


def salvage(
    session: Session, form: Form, data: Mapping[str, Any], now: datetime, context: Mapping[str, Any]
) -> dict[str, Any]:
    """As `accept` for what a person had not finished: fields that are not in order are None, nothing is refused."""
    seen = {**context, NOW: now}
    variables = form.salvage(dict(data), options_for(session, form.sources), local(now).date(), seen)
    return _completed(form, variables, Projects(session, None, now).facts)


def _completed(
    form: Form, variables: dict[str, Any], facts: Callable[[str], Mapping[str, Any] | None]
) -> dict[str, Any]:
    """Every field of the form has a variable; a project brings its baseline."""
    for field in form.fields:
        if field.key not in variables and not field.readonly and not field.disabled:
            variables[field.key] = None  # hidden now: what an earlier submission said no longer holds
        if field.source == "projects" and isinstance(variables.get(field.key), str):
            variables[f"{field.key}_facts"] = facts(variables[field.key])
    return variables


def plain(text: str) -> str:
    """What a person wrote, trimmed, without characters that nobody can see (controls, half pairs): not every database
    keeps them."""
    lines = text.replace("\r\n", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def choose(node: bpmn.Node, action: str, opinion: str) -> tuple[bpmn.Action | None, str]:
    """The act among those the task offers, and the opinion trimmed; `Invalid` says what is wrong with either."""
    opinion = plain(opinion)
    if len(opinion) > OPINION_LIMIT:
        raise InvalidForm({"opinion": _("意见最多 {n} 字，现在 {m} 字，请精简。", n=OPINION_LIMIT, m=len(opinion))})
    if node.actions is None:
        return None, opinion
    act = next((item for item in node.actions.items if item.value == action), None)
    if act is None:
        offered = "、".join(item.label for item in node.actions.items)
        raise Invalid(_("这一环节不能这样办理，可选：{offered}。", offered=offered))
    if act.opinion == "required" and not opinion:
        raise InvalidForm({"opinion": _("选择“{label}”须写明意见，让对方知道怎么办。", label=act.label)})
    return act, opinion


def attach(session: Session, attachments: Sequence[int], actor_id: int, instance_id: int, task_id: int | None) -> None:
    """Bind uploaded files to the case; only the uploader's own, not yet sent, files count."""
    wanted = set(attachments)
    if not wanted:
        return
    bound = session.execute(
        update(Attachment)
        .where(Attachment.id.in_(wanted), Attachment.uploaded_by == actor_id, Attachment.instance_id.is_(None))
        .values(instance_id=instance_id, task_id=task_id)
        .execution_options(synchronize_session=False)
    )
    if bound.rowcount != len(wanted):  # type: ignore[attr-defined]  # a DML result always has it; the stub says Result
        raise Invalid(_("有附件已被移除或已随别的事项提交，请重新上传后再提交，其他内容已保留。"))
