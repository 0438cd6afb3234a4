"""表单预览: how a form that is being drawn looks to whoever fills it in, with choices and sample values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.clock import local
from engine.errors import Finding, FormRefused, InvalidForm
from engine.forms import Form
from engine.forms.reasons import Told
from engine.options import options_for
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.tasks import choices

MOST_TURNS = 8
"""So often components that are not accepted are taken out before a preview is given up."""


@dataclass(frozen=True)
class FormPreview:
    """What the browser needs to show the form.

    `empty` is what it opens with, `sample` what a person might fill in, both with the lists of choices. `left_out`
    names the components that the gate refuses: they are not shown. `schema` is None when nothing can be shown at all.
    """

    schema: dict[str, Any] | None
    empty: dict[str, Any]
    sample: dict[str, Any]
    left_out: list[str]


def preview_form(platform: Platform, actor: Actor, content: bytes) -> FormPreview:
    """The preview of a form file as it stands in the editor, right or wrong."""
    actor.require(Permission.DESIGN)
    form, left_out = _readable(content)
    if form is None:
        return FormPreview(None, {}, {}, left_out)
    with platform.database.read() as session:
        lists = choices(session, form)
        sample = form.sample(options_for(session, form.sources), local(platform.clock.now()).date())
    return FormPreview(form.schema, {**form.defaults(), **lists}, {**form.defaults(), **sample, **lists}, left_out)


@dataclass(frozen=True)
class FormTrial:
    """What the server says to values: `errors` by field, none when it would take them, and `rules`, all conditions,
    formulas and computed limits of the form with what they come to on these values, and why."""

    errors: dict[str, str]
    rules: list[Told]


def try_form(platform: Platform, actor: Actor, content: bytes, data: Mapping[str, Any]) -> FormTrial:
    """Values tried on a form file as it stands in the editor; variables of a case that it looks at are null."""
    actor.require(Permission.DESIGN)
    form, _left_out = _readable(content)
    if form is None:
        return FormTrial({}, [])
    with platform.database.read() as session:
        options = options_for(session, form.sources)
    today = local(platform.clock.now()).date()
    rules = [replace(one, label=form.label_of(one.key)) for one in form.reasons(data, options, today)]
    try:
        form.validate(data, options, today)
    except InvalidForm as error:
        return FormTrial(error.errors, rules)
    return FormTrial({}, rules)


def _readable(content: bytes) -> tuple[Form | None, list[str]]:
    """The form without the components that are not accepted, and their names."""
    left_out: list[str] = []
    for _turn in range(MOST_TURNS):
        try:
            return Form.parse(content), left_out
        except FormRefused as refused:
            wrong = {finding.element_id: _name(finding) for finding in refused.findings}
        try:
            source = json.loads(content)
        except ValueError:
            return None, left_out
        if "" in wrong or not _take_out(source, wrong):
            return None, left_out
        left_out += [name for name in wrong.values() if name not in left_out]
        content = json.dumps(source).encode()
    return None, left_out


def _name(finding: Finding) -> str:
    return finding.element_name or finding.element_id


def _take_out(holder: Any, wrong: Mapping[str, str]) -> bool:
    """Remove the components with these ids, wherever they lie; whether there were any."""
    components = holder.get("components") if isinstance(holder, dict) else None
    if not isinstance(components, list):
        return False
    kept = [one for one in components if not (isinstance(one, dict) and one.get("id") in wrong)]
    holder["components"] = kept
    inner = [_take_out(one, wrong) for one in kept]
    return len(kept) < len(components) or any(inner)
