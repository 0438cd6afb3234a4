"""Numbers and choices out of JSON, and how they are quoted back to people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.clock import LOCAL
from engine.forms.texts import hidden_character
from engine.i18n import _

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")


def number_text(value: Decimal) -> str:
    """A number as people write it: no exponent, no idle zeros."""
    return f"{value.normalize():f}"


def shown(value: Any) -> str:
    """What somebody sent, short and printable enough for a sentence."""
    if isinstance(value, list | tuple | dict):
        return _("列表") if not isinstance(value, dict) else _("一组值")
    if isinstance(value, int) and value.bit_length() > 120:
        return _("一个很大的数")
    text = "".join("\ufffd" if hidden_character(char, lines=False) else char for char in str(value)[:41])
    return text if len(text) <= 40 else text[:40] + "…"


def places(value: Decimal) -> int:
    """How many decimal places a number needs: one for 1.50, none for 1200."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


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


def same_option(a: Any, b: Any) -> bool:
    """Whether two JSON values are the same choice: 1 is 1.0, but neither true nor "1"."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and a == b
    first, second = decimal_of(a), decimal_of(b)
    return first is not None and first == second


def plain(value: Any) -> Any:
    """A typed value as the browser's form wants it back: text for dates, numbers for decimals."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M") if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value
