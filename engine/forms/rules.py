"""The properties of a component, one reader each; what cannot be used is noted and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from marshmallow import ValidationError

from engine.errors import ExpressionError
from engine.feel import check_expression
from engine.forms.fields import input_for
from engine.forms.inputs import Given
from engine.forms.model import Computable, Field
from engine.forms.patterns import compile_pattern
from engine.forms.values import decimal_of
from engine.i18n import _

MAX_EXPRESSION = 1000
_VALIDATE: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({"required", "minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"}),
    "textarea": frozenset({"required", "minLength", "maxLength"}),
    "number": frozenset({"required", "min", "max"}),
}
DATE_LIMITS = ("notBefore", "notAfter")


class Notes(Protocol):
    """Who collects the findings."""

    def note(self, code: str, message: str, component: Mapping[str, Any]) -> None:
        """Write down a problem."""
        ...

    def check_text(self, where: str, text: Any, component: Mapping[str, Any]) -> None:
        """Note whatever a text for people must not contain."""
        ...


class At:
    """Notes for a part of a component are notes at the component."""

    def __init__(self, notes: Notes, component: Mapping[str, Any]) -> None:
        self._notes, self._component = notes, component

    def note(self, code: str, message: str, component: Mapping[str, Any]) -> None:
        """Write down a problem."""
        self._notes.note(code, message, self._component)

    def check_text(self, where: str, text: Any, component: Mapping[str, Any]) -> None:
        """Note whatever a text for people must not contain."""
        self._notes.check_text(where, text, self._component)


def texts(component: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every text of a component that people will see, with the name of its property."""
    for name in ("label", "description", "text", "dateLabel", "timeLabel", "alt"):
        if component.get(name) is not None:
            yield name, component[name]
    validate, look = component.get("validate"), component.get("appearance")
    if isinstance(validate, dict) and validate.get("patternErrorMessage") is not None:
        yield "patternErrorMessage", validate["patternErrorMessage"]
    if isinstance(look, dict):
        for name in ("prefixAdorner", "suffixAdorner"):
            if look.get(name) is not None:
                yield name, look[name]
    custom = component.get("properties")
    if isinstance(custom, dict):
        for name, value in custom.items():
            if name not in DATE_LIMITS:
                yield f"properties.{name[:40]}", value


def compiled(text: Any, where: str, component: Mapping[str, Any], notes: Notes) -> Computable | None:
    """The FEEL after the leading `=`, or a finding."""
    if not isinstance(text, str) or not text.startswith("="):
        notes.note("form.expression", _("{where} 须是以 = 开头的表达式", where=where), component)
        return None
    if len(text) > MAX_EXPRESSION:
        notes.note("form.expression", _("{where} 太长，最多 {n} 字", where=where, n=MAX_EXPRESSION), component)
        return None
    try:
        return check_expression(text[1:].strip())
    except ExpressionError as error:
        message = _("{where} 的表达式无法计算：{reason}", where=where, reason=str(error))
        notes.note("form.expression", message, component)
        return None


def hide_condition(component: Mapping[str, Any], notes: Notes) -> tuple[Computable, ...]:
    """conditional.hide, if there is one."""
    conditional = component.get("conditional")
    if not isinstance(conditional, dict) or not conditional:
        return ()
    for name in sorted(set(conditional) - {"hide"}):
        notes.note("form.property", _("conditional 里不认识 {name}，请只用 hide", name=name[:40]), component)
    if conditional.get("hide") in (None, ""):
        return ()
    expression = compiled(conditional["hide"], "conditional.hide", component, notes)
    return (expression,) if expression else ()


def flag(component: Mapping[str, Any], name: str, notes: Notes) -> bool:
    """A yes or no that is written, not computed."""
    value = component.get(name, False)
    if not isinstance(value, bool):
        notes.note("form.property", _("{name} 只能是 true 或 false", name=name), component)
        return False
    return value


def readonly(component: Mapping[str, Any], notes: Notes) -> bool | Computable:
    """readonly: a yes or no, or FEEL."""
    value = component.get("readonly", False)
    if isinstance(value, str) and value:
        return compiled(value, "readonly", component, notes) or False
    return value if isinstance(value, bool) else flag(component, "readonly", notes)


def validate_of(component: Mapping[str, Any]) -> Mapping[str, Any]:
    """The `validate` mapping, empty if there is none."""
    value = component.get("validate")
    return value if isinstance(value, dict) else {}


def required(component: Mapping[str, Any], notes: Notes) -> bool:
    """validate.required; also the place where rules that do not fit the type are noted."""
    validate = validate_of(component)
    for name in sorted(set(validate) - _VALIDATE.get(component["type"], frozenset({"required"}))):
        message = _("{type} 组件没有 {name} 这条规则；请删去", type=component["type"], name=name[:40])
        notes.note("form.rule", message, component)
    return flag(validate, "required", At(notes, component))


def whole(component: Mapping[str, Any], name: str, notes: Notes, default: Any, most: int) -> Any:
    """A whole number from 0 to `most`, or the default."""
    value = component.get(name)
    if value is None or value == "":
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        notes.note("form.property", _("{name} 须是 0 到 {most} 的整数", name=name, most=most), component)
        return default
    return value


def number(component: Mapping[str, Any], name: str, notes: Notes) -> Decimal | None:
    """A number that is written, not computed."""
    value = component.get(name)
    if value is None or value == "":
        return None
    found = decimal_of(value)
    if found is None:
        notes.note("form.property", _("{name} 须是数字", name=name), component)
    return found


def pattern(component: Mapping[str, Any], notes: Notes) -> tuple[Any | None, str]:
    """validate.pattern, compiled, and its own message."""
    validate = validate_of(component)
    text, message = validate.get("pattern"), validate.get("patternErrorMessage")
    own = message if isinstance(message, str) else ""
    if text is None or text == "":
        return None, own
    found = compile_pattern(text) if isinstance(text, str) else None
    if found is None:
        notes.note(
            "form.pattern",
            _("校验规则 pattern 写错了，或用了前后查找、反向引用等不支持的写法；请改写"),
            component,
        )
    return found, own


def validation_type(component: Mapping[str, Any], notes: Notes) -> str:
    """validate.validationType: email or phone."""
    value = validate_of(component).get("validationType")
    if value in (None, "", "custom"):
        return ""
    if value not in ("email", "phone"):
        notes.note("form.rule", _("validationType 只能是 email 或 phone"), component)
        return ""
    return str(value)


def adorners(component: Mapping[str, Any], notes: Notes) -> tuple[str, str]:
    """What stands before and after the value, such as the unit 万元."""
    look = component.get("appearance")
    if not isinstance(look, dict):
        return "", ""
    for name in sorted(set(look) - {"prefixAdorner", "suffixAdorner"}):
        message = _("appearance 里不认识 {name}，单位请写在 suffixAdorner", name=name[:40])
        notes.note("form.property", message, component)
    before, after = look.get("prefixAdorner"), look.get("suffixAdorner")
    return (before.strip() if isinstance(before, str) else "", after.strip() if isinstance(after, str) else "")


def subtype(component: Mapping[str, Any], notes: Notes) -> str:
    """datetime's subtype: date, time or datetime."""
    if component["type"] != "datetime":
        return ""
    value = component.get("subtype", "date")
    if value not in ("date", "time", "datetime"):
        notes.note("form.subtype", _("subtype 只能是 date、time 或 datetime"), component)
        return "date"
    zone = component.get("timeSerializingFormat")
    if zone not in (None, "", "utc_offset", "utc_normalized", "no_timezone"):
        notes.note("form.subtype", _("timeSerializingFormat 请用 no_timezone"), component)
    if value == "time" and component.get("disallowPassedDates"):
        notes.note("form.rule", _("disallowPassedDates 只用于日期"), component)
    return str(value)


def formula(component: Mapping[str, Any], notes: Notes) -> Computable | None:
    """The expression of an `expression` field."""
    if component["type"] != "expression":
        return None
    if component.get("computeOn", "change") not in ("change", "presubmit"):
        notes.note("form.property", _("computeOn 只能是 change 或 presubmit"), component)
    return compiled(component.get("expression"), "expression", component, notes)


def check_default(made: Field, component: Mapping[str, Any], notes: Notes) -> None:
    """A default has to be of the field's kind and within its written limits."""
    if made.default is None or made.default == "" or made.source or made.type == "expression":
        return
    written = {name: limit for name, limit in made.limits.items() if not callable(limit)}
    try:
        # The first day of all keeps a default date from being refused as passed.
        input_for(made).deserialize(Given(made.default, written, made.options, date.min))
    except ValidationError as error:
        first = error.messages[0] if isinstance(error.messages, list) else error.messages
        notes.note("form.default", _("默认值不合规则：{reason}", reason=str(first)), component)
