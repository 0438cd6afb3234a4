"""The marshmallow fields behind form-js components; each failure is a Chinese sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, missing

from engine.errors import ExpressionError
from engine.feel import Far, Range, from_feel
from engine.forms import patterns
from engine.forms.dates import DateInput, MomentInput, TimeInput
from engine.forms.inputs import Given, Input, reasoned
from engine.forms.model import Field, OptionValue
from engine.forms.papers import ExamInput, MarksInput
from engine.forms.texts import hidden_character
from engine.forms.values import decimal_of, number_text, places, same_option, shown
from engine.i18n import _

#: Without limits of its own a number has at most fifteen digits before and ten after the point.
LARGEST = Decimal(10) ** 15
DEFAULT_DECIMALS = 10

_EMAIL: Any = patterns.compile_pattern(patterns.EMAIL)
_MOBILE: Any = patterns.compile_pattern(patterns.MOBILE)


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
            raise ValidationError(reasoned(message, given, "maxLength"))
        if least is not None and n < least:
            message = _("{label}至少 {least} 字，你写了 {n} 字，请补充", label=label, least=least, n=n)
            raise ValidationError(reasoned(message, given, "minLength"))
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
            passed = "min" if low is not None and value < low else "max"
            raise ValidationError(reasoned(_range_message(label, low, high, said), given, passed))
        if not -LARGEST < value < LARGEST:
            raise ValidationError(_("{label}太大，最多 15 位整数", label=label))
        needed = places(value)
        allowed = DEFAULT_DECIMALS if self.spec.decimals is None else self.spec.decimals
        if needed > allowed and allowed == 0:
            raise ValidationError(_("{label}须是整数，你填的是 {value}", label=label, value=said))
        if needed > allowed:
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


class ChoiceInput(Input):
    """select and radio: one of the options."""

    def say_required(self) -> str:
        return _("{label}还没有选择", label=self.spec.label)

    def read(self, raw: Any, given: Given) -> OptionValue:
        return self.pick(raw, given)

    def pick(self, raw: Any, given: Given) -> OptionValue:
        if not given.options:
            message = _("{label}目前没有可选项，请联系流程负责人", label=self.spec.label)
            raise ValidationError(reasoned(message, given, ""))
        for option in given.options:
            if same_option(option.value, raw):
                return option.value
        message = _("{label}里没有“{value}”这个选项，请重新选择", label=self.spec.label, value=shown(raw))
        raise ValidationError(reasoned(message, given, ""))


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


class FormulaInput(Input):
    """expression: what was computed here, whatever was sent."""

    def is_empty(self, raw: Any) -> bool:
        return raw is missing or raw is None

    def read(self, raw: Any, given: Given) -> Any:
        """The value as the case will keep it."""
        try:
            value = from_feel(raw)
        except ExpressionError as error:
            raise ValidationError(
                _("{label}的计算结果不能保存：{reason}", label=self.spec.label, reason=str(error))
            ) from None
        for kind, reason in ((Range, _("区间不是一个值")), (Far, _("日期的年份不在 1–9999 之间"))):
            if _has(kind, value):
                raise ValidationError(_("{label}的计算结果不能保存：{reason}", label=self.spec.label, reason=reason))
        return value


def _has(kind: type, value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(_has(kind, one) for one in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, kind)


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
    "exam": ExamInput,
    "marks": MarksInput,
}
_BY_SUBTYPE: Mapping[str, type[Input]] = {"date": DateInput, "time": TimeInput, "datetime": MomentInput}


def input_for(spec: Field) -> Input:
    """The marshmallow field of a component."""
    return (_BY_SUBTYPE[spec.subtype] if spec.type == "datetime" else _BY_TYPE[spec.type])(spec)
