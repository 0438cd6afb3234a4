"""What a form leaves in a case: read from a form-js file that may be half-made."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine.i18n import _
from engine.variables.model import Choice, Variable, type_name

MAX_DEPTH = 20
MAX_FIELDS = 1000
MAX_CHOICES = 60

_TYPES = {
    "textfield": "string",
    "textarea": "string",
    "number": "number",
    "checkbox": "boolean",
    "select": "string",
    "radio": "string",
    "checklist": "list",
    "taglist": "list",
    "expression": "Any",
    "exam": "context",
    "marks": "context",
}
_SUBTYPES = {"date": "date", "time": "time", "datetime": "date and time"}


def form_variables(content: bytes, origin: str) -> list[Variable]:
    """The variables of a form in its order; empty for what is no form. Read-only fields write nothing."""
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        return []
    found = [] if not isinstance(schema, dict) else list(_of(schema.get("components"), 0))[:MAX_FIELDS]
    return [replace(one, origin=origin) for one in found]


def _of(components: Any, depth: int) -> Iterator[Variable]:
    if not isinstance(components, list) or depth > MAX_DEPTH:
        return
    for component in components:
        if not isinstance(component, dict):
            continue
        kind = component.get("type")
        if kind in ("group", "dynamiclist"):
            yield from _box(component, str(kind), depth)
        elif kind in _TYPES or kind == "datetime":
            yield from _field(component, str(kind))


def _box(component: Mapping[str, Any], kind: str, depth: int) -> Iterator[Variable]:
    path, inner = component.get("path"), list(_of(component.get("components"), depth + 1))
    if not isinstance(path, str) or not path:
        yield from inner if kind == "group" else ()
        return
    type_ = "context" if kind == "group" else "list"
    detail = type_name(type_) if kind == "group" else _("列表，每行一组值")
    yield Variable(name=path, label=_label(component), type=type_, detail=detail, fields=tuple(inner))


def _field(component: Mapping[str, Any], kind: str) -> Iterator[Variable]:
    key = component.get("key")
    if not isinstance(key, str) or not key or component.get("readonly") is True or component.get("disabled") is True:
        return
    type_ = _SUBTYPES.get(str(component.get("subtype")), "date") if kind == "datetime" else _TYPES[kind]
    choices = tuple(_choices(component))
    if type_ == "string" and choices:
        type_ = _type_of_choices(choices)
    properties = component.get("properties")
    source = properties.get("source") if isinstance(properties, dict) else None
    yield Variable(
        name=key,
        label=_label(component) or key,
        type=type_,
        detail=_detail(component, type_, choices, source),
        item="Any" if type_ != "list" else _type_of_choices(choices) if choices else "string",
        choices=choices,
        closed=_is_closed(component, choices),
        whole=type_ == "number" and component.get("decimalDigits") == 0,
        least=_limit(component, "min"),
        most=_limit(component, "max"),
    )
    if source == "projects":
        label = _("{label}的现行基线", label=_label(component) or key)
        yield Variable(
            name=f"{key}_facts",
            label=label,
            type="context",
            detail=type_name("context"),
            fields=_project_facts(),
            guessed=True,  # the organisation's own system may tell more
        )


def _detail(component: Mapping[str, Any], type_: str, choices: tuple[Choice, ...], source: Any) -> str:
    words = type_name(type_)
    appearance = component.get("appearance")
    unit = appearance.get("suffixAdorner") if isinstance(appearance, dict) else None
    if isinstance(unit, str) and unit:
        words = _("{type}（{unit}）", type=words, unit=unit[:20])
    holds = {
        "projects": _("项目编号"),
        "departments": _("部门代码"),
        "experts": _("专家账号"),
        "blueprints": _("组卷方案代码"),
        "people": _("人员账号"),
    }.get(str(source).partition(":")[0] if isinstance(source, str) else "")
    if holds:
        return _("{type}：{what}", type=words, what=holds)
    if choices:
        labels = "、".join(choice.label for choice in choices[:6])
        return _("{type}：{what}", type=words, what=labels + ("…" if len(choices) > 6 else ""))
    return words


def _choices(component: Mapping[str, Any]) -> Iterator[Choice]:
    values = component.get("values")
    for one in values[:MAX_CHOICES] if isinstance(values, list) else ():
        value = one.get("value") if isinstance(one, dict) else None
        if isinstance(value, str | int | float):
            label = one.get("label")
            yield Choice(value, label if isinstance(label, str) and label else str(value))


def _is_closed(component: Mapping[str, Any], choices: tuple[Choice, ...]) -> bool:
    """Whether the field takes nothing but these: its form refuses everything else."""
    values = component.get("values")
    return bool(choices) and isinstance(values, list) and len(values) == len(choices)


def _limit(component: Mapping[str, Any], name: str) -> Decimal | None:
    """The least or greatest number that the form lets pass."""
    validate = component.get("validate") if component.get("type") == "number" else None
    value = validate.get(name) if isinstance(validate, dict) else None
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return Decimal(str(value)) if usable else None


def _type_of_choices(choices: tuple[Choice, ...]) -> str:
    if all(isinstance(choice.value, bool) for choice in choices):
        return "boolean"
    if all(isinstance(choice.value, int | float) and not isinstance(choice.value, bool) for choice in choices):
        return "number"
    return "string" if all(isinstance(choice.value, str) for choice in choices) else "Any"


def _label(component: Mapping[str, Any]) -> str:
    for name in ("label", "dateLabel", "timeLabel"):
        text = component.get(name)
        if isinstance(text, str) and text.strip():
            return text.strip()[:100]
    return ""


def _project_facts() -> tuple[Variable, ...]:
    """What `ports.Projects.facts` tells of a project."""
    amount = _("{type}（{unit}）", type=type_name("number"), unit=_("万元"))
    return (
        Variable(name="code", label=_("项目编号"), type="string", detail=type_name("string")),
        Variable(name="name", label=_("项目名称"), type="string", detail=type_name("string")),
        Variable(name="contract_amount", label=_("合同额"), type="number", detail=amount),
        Variable(name="reserve", label=_("预备费"), type="number", detail=amount),
        Variable(name="end_date", label=_("完工日期"), type="date", detail=type_name("date")),
        Variable(name="scope", label=_("建设范围"), type="string", detail=type_name("string")),
        Variable(name="contractor", label=_("承建单位代码"), type="string", detail=type_name("string")),
        Variable(name="owner", label=_("主管部门代码"), type="string", detail=type_name("string")),
        Variable(name="revision", label=_("基线版本"), type="number", detail=type_name("number")),
        Variable(name="acceptance_result", label=_("验收结果"), type="string", detail=type_name("string")),
        Variable(name="accepted_on", label=_("验收日期"), type="date", detail=type_name("date")),
        Variable(name="certificate", label=_("验收证书编号"), type="string", detail=type_name("string")),
        Variable(name="acceptance_from", label=_("可再次申请验收的日期"), type="date", detail=type_name("date")),
        Variable(name="acceptance_case", label=_("在办的验收申请"), type="string", detail=type_name("string")),
    )
