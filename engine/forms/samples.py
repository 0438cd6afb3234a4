"""A plausible value for a field of which nothing is known but its form: type, label, limits, options, pattern."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from engine.forms.inputs import Given
from engine.forms.model import Field
from engine.forms.papers import sample_paper
from engine.forms.strings import matching_text
from engine.forms.values import decimal_of

OPTIONAL = 0.4
"""How often people fill in what they need not."""

_AHEAD = re.compile("计划|要求|期限|批准|预计|拟|截止|到期|下次|约定|限期|开始|起")
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟敏静磊洋勇艳杰娟涛超霞平刚玲辉丽强军宁"
_PHRASES = (
    "已按规定核对{label}，与实际情况一致",
    "{label}已逐项确认，有关材料随案归档",
    "经现场核实，情况属实，没有发现问题",
    "本次按既定方案办理，对在办业务没有影响",
    "后续由经办人跟踪，遇有变化及时报告",
    "相关人员已经知悉并按分工落实",
)


def sample(rng: Random, node: Field, given: Given, here: Mapping[str, Any]) -> Any:
    """A value, or the field's empty one where it may stay empty. `here` are the values beside it: two choices among the
    same people do not fall on one."""
    if not node.required and node.type not in ("checkbox", "exam", "marks") and rng.random() > OPTIONAL:
        return node.empty
    match node.type:
        case "exam" | "marks":
            return sample_paper(rng, node.type, given.paper)
        case "checkbox":
            return node.required or rng.random() < 0.7
        case "number":
            return _number(rng, node, given)
        case "select" | "radio":
            return _choice(rng, node, given, here)
        case "checklist" | "taglist":
            return _choices(rng, given)
        case "datetime":
            return _moment(rng, node, given)
        case _:
            return _text(rng, node, given)


def fitted(node: Field, given: Given, value: Any) -> Any:
    """What a writer wrote, brought within the limits: numbers and dates moved to the nearest that holds, texts cut."""
    if node.type == "number":
        number = decimal_of(value)
        return None if number is None else _within(node, given, number)
    if node.type == "datetime" and isinstance(value, date):
        return _day_within(given, value).isoformat()
    if node.type in ("textfield", "textarea") and isinstance(value, str):
        return _sized(value, node, given)
    return value


def _number(rng: Random, node: Field, given: Given) -> Any:
    """Small numbers are frequent, large ones rare; within the limits."""
    low, high = given.limits.get("min"), given.limits.get("max")
    least = max(low if low is not None else Decimal(1), Decimal(0)) if high is None or high > 0 else low or high
    most = high if high is not None else max(least * 10, Decimal(100))
    if most <= least:
        return _within(node, given, most)
    top = float(min(most, least + 200))
    bottom = float(least)
    drawn = bottom + math.expm1(rng.random() * math.log1p(top - bottom))
    return _within(node, given, Decimal(str(round(drawn, 4))))


def _within(node: Field, given: Given, number: Decimal) -> Any:
    low, high = given.limits.get("min"), given.limits.get("max")
    if low is not None:
        number = max(number, low)
    if high is not None:
        number = min(number, high)
    if node.step:
        number = (number / node.step).to_integral_value(ROUND_HALF_UP) * node.step
    digits = 2 if node.decimals is None else node.decimals
    number = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return int(number) if number == number.to_integral_value() else float(number)


def _choice(rng: Random, node: Field, given: Given, here: Mapping[str, Any]) -> Any:
    taken = set() if not node.source else {value for value in here.values() if isinstance(value, str)}
    free = [option.value for option in given.options if option.value not in taken]
    values = free or [option.value for option in given.options]
    if not values:
        return None
    if node.source:
        return rng.choice(values)
    return values[min(int(rng.expovariate(1.1)), len(values) - 1)]  # forms name the usual answer first


def _choices(rng: Random, given: Given) -> list[Any]:
    values = [option.value for option in given.options]
    count = min(len(values), rng.choice((1, 1, 2, 3, 3)))
    picked = set(rng.sample(range(len(values)), count))
    return [value for index, value in enumerate(values) if index in picked]


def _moment(rng: Random, node: Field, given: Given) -> str:
    clock = f"{rng.randint(9, 16):02d}:{rng.choice((0, 15, 30, 45)):02d}"
    if node.subtype == "time":
        return clock
    ahead = node.future_only or _AHEAD.search(node.label) is not None
    day = given.today + timedelta(days=rng.randint(3, 30)) if ahead else given.today
    day = _day_within(given, day)
    return _moment_within(given, day, clock) if node.subtype == "datetime" else day.isoformat()


def _moment_within(given: Given, day: date, clock: str) -> str:
    """That day and time, on the day of a limit that is a moment not beyond it."""
    limits = (getattr(given.limits.get(name), "at", None) for name in ("notBefore", "notAfter"))
    first, last = (None if at is None else f"{at:%Y-%m-%dT%H:%M}" for at in limits)
    text = f"{day.isoformat()}T{clock}"
    text = text if first is None else max(text, first)
    return text if last is None else min(text, last)


def _day_within(given: Given, day: date) -> date:
    first, last = given.limits.get("notBefore"), given.limits.get("notAfter")
    if first is not None:
        day = max(day, first)
    return day if last is None else min(day, last)


def _text(rng: Random, node: Field, given: Given) -> str:
    if node.validation_type == "email":
        return f"user{rng.randint(100, 999)}@example.com"
    if node.validation_type == "phone" or re.search("电话|手机", node.label):
        return f"138{rng.randint(0, 99999999):08d}"
    if node.pattern is not None:
        return matching_text(rng, node.pattern.pattern)
    if node.type == "textfield" and re.search("姓名|联系人|签字人|负责人", node.label):
        return rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _one in range(rng.randint(1, 2)))
    if node.type == "textfield":
        return _sized(f"{node.label.removesuffix('名称') or node.label}（第 {rng.randint(1, 40)} 批）", node, given)
    phrases = rng.sample(_PHRASES, rng.randint(1, 2))
    return _sized("；".join(phrase.format(label=node.label) for phrase in phrases) + "。", node, given)


def _sized(text: str, node: Field, given: Given) -> str:
    least, most = given.limits.get("minLength") or 0, given.limits.get("maxLength")
    while len(text) < least:
        text += f"{node.label}情况如上，已核对。"
    if most is not None and len(text) > most:
        return text[:most]
    return text
