"""The marshmallow fields behind form-js components; each failure is a Chinese sentence that says how to mend it.

A field receives a `Given`: what was sent, with the limits and options that hold for this very place (they may be
computed). A field that receives nothing at all is hidden or read-only there, and is left out of the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, missing
from marshmallow import fields as ma

from engine.clock import LOCAL
from engine.forms import patterns
from engine.forms.model import Field, Option, OptionValue
from engine.forms.texts import hidden_character
from engine.i18n import _

#: Without limits of its own a number has at most fifteen digits before and ten after the point.
LARGEST = Decimal(10) ** 15
DEFAULT_DECIMALS = 10
#: What the pages can show and the calendar can count.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile(rf"{_DATE.pattern}T{_TIME.pattern}")

_EMAIL: Any = patterns.compile_pattern(patterns.EMAIL)
_MOBILE: Any = patterns.compile_pattern(patterns.MOBILE)


@dataclass(frozen=True)
class Given:
    """What was sent for one field at one place, and the limits that hold there."""

    value: Any
    limits: Mapping[str, Any]
    options: Sequence[Option]
    today: date


def number_text(value: Decimal) -> str:
    """A number as people write it: no exponent."""
    return f"{value:f}"


def shown(value: Any) -> str:
    """What somebody sent, short and printable enough for a sentence."""
    if isinstance(value, list | tuple | dict):
        return _("列表") if not isinstance(value, dict) else _("一组值")
    if isinstance(value, int) and value.bit_length() > 120:
        return _("一个很大的数")
    text = "".join("\ufffd" if hidden_character(char, lines=False) else char for char in str(value)[:41])
    return text if len(text) <= 40 else text[:40] + "…"


class Input(ma.Field[Any]):
    """Base of all inputs: nothing sent, empty, required; `read` and `check` are what each kind adds."""

    empty: Any = None

    def __init__(self, spec: Field) -> None:
        super().__init__(data_key=spec.key, attribute=spec.key)
        self.spec = spec

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        if value is missing:
            return missing
        given: Given = value
        if self.is_empty(given.value):
            if self.spec.required:
                raise ValidationError(self.say_required())
            return self.empty
        result = self.read(given.value, given)
        self.check(result, given)
        return result

    def is_empty(self, raw: Any) -> bool:
        return raw is missing or raw is None or (isinstance(raw, str) and not raw.strip())

    def say_required(self) -> str:
        return _("{label}还没有填写", label=self.spec.label)

    def read(self, raw: Any, given: Given) -> Any:
        """The typed value; raises `ValidationError` when `raw` is of another kind."""
        return raw

    def check(self, value: Any, given: Given) -> None:
        """The rules on the typed value."""


class TextInput(Input):
    """textfield and textarea."""

    def read(self, raw: Any, given: Given) -> str:
        if not isinstance(raw, str):
            raise ValidationError(_("{label}须是文字", label=self.spec.label))
        lines = self.spec.type == "textarea"
        text = raw.replace("\r\n", "\n").replace("\r", "\n") if lines else raw.replace("\t", " ")
        text = text.strip()
        if hidden_character(text, lines):
            raise ValidationError(_("{label}含有换行或看不见的控制字符，请删去后重新输入", label=self.spec.label))
        return text

    def check(self, value: str, given: Given) -> None:
        label, n = self.spec.label, len(value)
        most, least = given.limits.get("maxLength"), given.limits.get("minLength")
        if most is not None and n > most:
            message = _(
                "{label}最多 {most} 字，你写了 {n} 字，请删去 {over} 字", label=label, most=most, n=n, over=n - most
            )
            raise ValidationError(message)
        if least is not None and n < least:
            raise ValidationError(_("{label}至少 {least} 字，你写了 {n} 字，请补充", label=label, least=least, n=n))
        if self.spec.validation_type == "email" and not _EMAIL.search(value):
            raise ValidationError(_("{label}须是邮箱地址，例如 name@example.com", label=label))
        if self.spec.validation_type == "phone" and not _MOBILE.search(value):
            raise ValidationError(_("{label}须是 11 位手机号，例如 13800000000", label=label))
        if self.spec.pattern is not None and not self.spec.pattern.search(value):
            raise ValidationError(self.spec.pattern_message or _("{label}的格式不对，请按说明修改", label=label))


class NumberInput(Input):
    """number, as an exact decimal."""

    def read(self, raw: Any, given: Given) -> Decimal:
        value = decimal_of(raw)
        if value is None:
            raise ValidationError(
                _("{label}须是数字，例如 86.40，你填的是 {value}", label=self.spec.label, value=shown(raw))
            )
        return value

    def check(self, value: Decimal, given: Given) -> None:
        label, low, high = self.spec.label, given.limits.get("min"), given.limits.get("max")
        said = number_text(value)
        if (low is not None and value < low) or (high is not None and value > high):
            raise ValidationError(_range_message(label, low, high, said))
        if not -LARGEST < value < LARGEST:
            raise ValidationError(_("{label}太大，最多 15 位整数", label=label))
        places = max(0, -_exponent(value))
        allowed = DEFAULT_DECIMALS if self.spec.decimals is None else self.spec.decimals
        if places > allowed and allowed == 0:
            raise ValidationError(_("{label}须是整数，你填的是 {value}", label=label, value=said))
        if places > allowed:
            raise ValidationError(_("{label}最多 {n} 位小数，你填的是 {value}", label=label, n=allowed, value=said))
        if self.spec.step and value % self.spec.step:
            below = value - value % self.spec.step
            below, above = sorted((below, below + self.spec.step.copy_sign(value)))
            raise ValidationError(
                _(
                    "{label}须是 {step} 的倍数，最接近的是 {below} 和 {above}",
                    label=label,
                    step=number_text(self.spec.step),
                    below=number_text(below),
                    above=number_text(above),
                )
            )


def _range_message(label: str, low: Decimal | None, high: Decimal | None, said: str) -> str:
    if low is not None and high is not None:
        return _(
            "{label}须在 {low} 到 {high} 之间，你填的是 {value}",
            label=label,
            low=number_text(low),
            high=number_text(high),
            value=said,
        )
    if low is not None:
        return _("{label}不能小于 {low}，你填的是 {value}", label=label, low=number_text(low), value=said)
    assert high is not None
    return _("{label}不能大于 {high}，你填的是 {value}", label=label, high=number_text(high), value=said)


def _exponent(value: Decimal) -> int:
    """The exponent without trailing zeros: 1.50 has one decimal place."""
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def decimal_of(raw: Any) -> Decimal | None:
    """A finite decimal from a JSON number or its text; None for anything else (a yes/no is not a number)."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return None
    if isinstance(raw, int) and raw.bit_length() > 120:
        return None
    text = str(raw).strip()
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    if not value:
        return Decimal(0)
    return value if abs(value.adjusted()) <= 30 else None


class CheckInput(Input):
    """checkbox."""

    empty = False

    def is_empty(self, raw: Any) -> bool:
        return super().is_empty(raw) or raw is False

    def say_required(self) -> str:
        return _("须勾选“{label}”", label=self.spec.label)

    def read(self, raw: Any, given: Given) -> bool:
        if raw is not True:
            raise ValidationError(_("{label}只能勾选或不勾选", label=self.spec.label))
        return True


def same_option(a: Any, b: Any) -> bool:
    """Whether two JSON values are the same choice: 1 is 1.0, but neither true nor "1"."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and a == b
    first, second = decimal_of(a), decimal_of(b)
    return first is not None and first == second


class ChoiceInput(Input):
    """select and radio: one of the options."""

    def say_required(self) -> str:
        return _("{label}还没有选择", label=self.spec.label)

    def read(self, raw: Any, given: Given) -> OptionValue:
        return self.pick(raw, given)

    def pick(self, raw: Any, given: Given) -> OptionValue:
        if not given.options:
            raise ValidationError(_("{label}目前没有可选项，请联系流程负责人", label=self.spec.label))
        for option in given.options:
            if same_option(option.value, raw):
                return option.value
        raise ValidationError(_("{label}里没有“{value}”这个选项，请重新选择", label=self.spec.label, value=shown(raw)))


class ChoicesInput(ChoiceInput):
    """checklist and taglist: several of the options, each at most once."""

    empty = ()

    def is_empty(self, raw: Any) -> bool:
        return raw is missing or raw is None or raw == [] or raw == ""

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        result = super().deserialize(value, attr, data, **kwargs)
        return list(result) if result is not missing else missing

    def read(self, raw: Any, given: Given) -> list[OptionValue]:  # type: ignore[override]  # several instead of one
        if not isinstance(raw, list):
            raise ValidationError(_("{label}须是选项的列表，请重新选择", label=self.spec.label))
        if len(raw) > max(1, len(given.options)):
            raise ValidationError(_("{label}选得比可选项还多，请重新选择", label=self.spec.label))
        picked: list[OptionValue] = []
        for one in raw:
            value = self.pick(one, given)
            if any(same_option(value, other) for other in picked):
                raise ValidationError(_("{label}里“{value}”选了不止一次", label=self.spec.label, value=shown(value)))
            picked.append(value)
        return picked


class DateInput(Input):
    """datetime of subtype date."""

    def read(self, raw: Any, given: Given) -> date:
        try:
            if not isinstance(raw, str) or not _DATE.fullmatch(raw.strip()):
                raise ValueError
            value = date.fromisoformat(raw.strip())
        except ValueError:
            raise ValidationError(
                _("{label}须是日期，例如 2026-11-06，你填的是 {value}", label=self.spec.label, value=shown(raw))
            ) from None
        return value

    def check(self, value: date, given: Given) -> None:
        self.check_day(value, given)

    def check_day(self, day: date, given: Given) -> None:
        label = self.spec.label
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("{label}须在 1900 年到 2199 年之间", label=label))
        if self.spec.future_only and day < given.today:
            raise ValidationError(_("{label}早于今天 {today}，请改晚", label=label, today=given.today.isoformat()))
        first, last = given.limits.get("notBefore"), given.limits.get("notAfter")
        if first is not None and day < first:
            name = self.spec.limit_names.get("notBefore", "")
            raise ValidationError(_("{label}早于{name} {day}，请改晚", label=label, name=name, day=first.isoformat()))
        if last is not None and day > last:
            name = self.spec.limit_names.get("notAfter", "")
            raise ValidationError(_("{label}晚于{name} {day}，请改早", label=label, name=name, day=last.isoformat()))


class TimeInput(Input):
    """datetime of subtype time: the wall clock of Asia/Shanghai."""

    def read(self, raw: Any, given: Given) -> time:
        try:
            if not isinstance(raw, str) or not _TIME.fullmatch(raw.strip()):
                raise ValueError
            value = time.fromisoformat(raw.strip())
        except ValueError:
            raise ValidationError(
                _("{label}须是时间，例如 09:30，你填的是 {value}", label=self.spec.label, value=shown(raw))
            ) from None
        if value.tzinfo is None:
            return value
        # China has had one offset since 1991, so any day will do for the conversion.
        return datetime.combine(date(2000, 1, 2), value).astimezone(LOCAL).time()


class MomentInput(DateInput):
    """datetime of subtype datetime: aware, in UTC; without an offset it is the wall clock of Asia/Shanghai."""

    def read(self, raw: Any, given: Given) -> datetime:
        try:
            if not isinstance(raw, str) or not _MOMENT.fullmatch(raw.strip()):
                raise ValueError
            value = datetime.fromisoformat(raw.strip())
            local_value = value.replace(tzinfo=LOCAL) if value.tzinfo is None else value
            return local_value.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(
                _(
                    "{label}须是日期和时间，例如 2026-11-06 09:30，你填的是 {value}",
                    label=self.spec.label,
                    value=shown(raw),
                )
            ) from None

    def check(self, value: date, given: Given) -> None:
        assert isinstance(value, datetime)
        try:
            day = value.astimezone(LOCAL).date()
        except OverflowError:
            day = LAST_DAY.replace(year=LAST_DAY.year + 1)
        self.check_day(day, given)


class FormulaInput(Input):
    """expression: what was computed here, whatever was sent."""

    def is_empty(self, raw: Any) -> bool:
        return raw is missing or raw is None


_BY_TYPE: Mapping[str, type[Input]] = {
    "textfield": TextInput,
    "textarea": TextInput,
    "number": NumberInput,
    "checkbox": CheckInput,
    "select": ChoiceInput,
    "radio": ChoiceInput,
    "checklist": ChoicesInput,
    "taglist": ChoicesInput,
    "expression": FormulaInput,
}
_BY_SUBTYPE: Mapping[str, type[Input]] = {"date": DateInput, "time": TimeInput, "datetime": MomentInput}


def input_for(spec: Field) -> Input:
    """The marshmallow field of a component."""
    return (_BY_SUBTYPE[spec.subtype] if spec.type == "datetime" else _BY_TYPE[spec.type])(spec)
