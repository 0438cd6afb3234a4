"""Form data as exact JSON: what the browser sent is what is stored, decimals without loss.

Numbers come back as int or Decimal, never float; dates stay the ISO strings that forms use.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import orjson


def dump(data: Any) -> bytes:
    """JSON bytes; Decimal is written digit by digit, dates and times in ISO form."""
    return orjson.dumps(data, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS)


def load(content: bytes | None) -> Any:
    """The value again; `{}` for nothing."""
    return json.loads(content, parse_float=Decimal) if content else {}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else orjson.Fragment(format(value, "f"))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)
