"""Words that the parser must know before it reads: names of several words, types, and what is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from engine.feel.values import DaysTime, Range, Value, YearsMonths

SIMPLE_TYPES: Final = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": date,
    "time": time,
    "date and time": datetime,
    "days and time duration": DaysTime,
    "years and months duration": YearsMonths,
    "list": list,
    "context": dict,
    "range": Range,
    "null": type(None),
}
"""What `instance of` can ask for, and the class that answers."""

ANY_TYPE: Final = "Any"

REFUSED_FUNCTIONS: Final = frozenset(
    {
        "after",
        "assert",
        "before",
        "coincides",
        "context",
        "context merge",
        "day of week",
        "day of year",
        "duplicate values",
        "during",
        "even",
        "exp",
        "extract",
        "finished by",
        "finishes",
        "get or else",
        "includes",
        "index of",
        "insert before",
        "is",
        "last day of month",
        "list replace",
        "log",
        "matches",
        "median",
        "meets",
        "met by",
        "mode",
        "month of year",
        "odd",
        "overlaps",
        "overlaps after",
        "overlaps before",
        "partition",
        "product",
        "put",
        "put all",
        "random number",
        "range",
        "remove",
        "replace",
        "reverse",
        "sort",
        "sqrt",
        "started by",
        "starts",
        "stddev",
        "sublist",
        "substring after",
        "substring before",
        "trim",
        "union",
        "uuid",
        "week of year",
    }
)
"""Functions of the standard, or of other engines, that exist elsewhere but not here: refused by name."""


def is_of_type(name: str) -> Callable[[Value], bool]:
    """The question `instance of name`."""
    if name == ANY_TYPE:
        return lambda value: value is not None
    wanted = SIMPLE_TYPES[name]
    return lambda value: value.__class__ is wanted
