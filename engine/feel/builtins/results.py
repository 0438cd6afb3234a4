"""What kind of value a built-in gives whatever it is given: one list for those who judge texts without running them.

Functions that may give several kinds (`sum` of numbers or durations, `abs`, `min`) are not among them. Every result may
also be null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RESULT_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("count", "median", "stddev", "product", "number", "floor", "ceiling", "modulo", "sqrt", "log", "exp"),
            *("decimal", "round up", "round down", "round half up", "round half down", "round half even"),
            *("string length", "day of year", "week of year", "working days between"),
        ),
        "number",
    ),
    **dict.fromkeys(
        (
            *("string", "upper case", "lower case", "substring", "string join", "substring before", "substring after"),
            *("replace", "trim", "day of week", "month of year"),
        ),
        "string",
    ),
    **dict.fromkeys(
        (
            *("not", "is defined", "is", "all", "any", "list contains", "contains", "starts with", "ends with"),
            *("matches", "odd", "even", "is working day", "before", "after", "meets", "met by", "overlaps", "during"),
            *("overlaps before", "overlaps after", "finishes", "finished by", "includes", "starts", "started by"),
            "coincides",
        ),
        "boolean",
    ),
    **dict.fromkeys(
        ("date", "today", "last day of month", "add working days", "next working day", "previous working day"), "date"
    ),
    "time": "time",
    **dict.fromkeys(("date and time", "now"), "date and time"),
    **dict.fromkeys(("split", "mode", "index of", "get entries"), "list"),
}
"""Function → the kind of its result."""

RESULT_ITEMS: Final[Mapping[str, str]] = {
    "split": "string",
    "mode": "number",
    "index of": "number",
    "get entries": "context",
}
"""Function that gives a list → the kind of its items."""
