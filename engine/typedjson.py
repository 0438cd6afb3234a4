"""Variables as JSON bytes that keep every kind of value a case may hold, as in the saved state of a case.

See `engine.bpmn.codec_values` for how values that JSON lacks are written.
"""

from __future__ import annotations

from typing import Any

import orjson

from engine.bpmn.codec_values import MARK_BYTES, escaped, tagged, untagged

_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def dumps(value: Any) -> bytes:
    """The value (of the kinds that `engine.bpmn` lets into variables) as bytes; TypeError for any other kind."""
    marks = 0

    def default(part: Any) -> Any:
        nonlocal marks
        marks += 1
        return tagged(part)

    data = orjson.dumps(value, default=default, option=_OPTIONS)
    if data.count(MARK_BYTES) != marks:
        data = orjson.dumps(escaped(value), option=_OPTIONS)
    return data


def loads(data: bytes) -> Any:
    """The value again."""
    value = orjson.loads(data)
    return untagged(value) if MARK_BYTES in data else value
