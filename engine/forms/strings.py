"""A text that a form's pattern accepts, for sample data. Python's own reader takes the pattern apart."""

from __future__ import annotations

import re
from random import Random
from typing import Any

_PARSER: Any = re._parser  # type: ignore[attr-defined]  # re keeps its reader under this name since 3.11
_CATEGORIES = {"CATEGORY_DIGIT": "0123456789", "CATEGORY_WORD": "abcdefghkmnpqrstuvwxyz23456789", "CATEGORY_SPACE": " "}
_ANY = "甲乙丙丁0123456789abcdef"
_SOME = 3
"""Repetitions beyond the least that a pattern without an upper bound gets at most."""


def matching_text(rng: Random, pattern: str) -> str:
    """A text for the pattern, "" where it cannot be read; whoever needs it checks the text against the pattern."""
    try:
        return _all(rng, _PARSER.parse(pattern))
    except (re.error, ValueError, OverflowError):
        return ""


def _all(rng: Random, items: Any) -> str:
    return "".join(_one(rng, str(operation), argument) for operation, argument in items)


def _one(rng: Random, operation: str, argument: Any) -> str:
    match operation:
        case "LITERAL":
            return chr(argument)
        case "ANY" | "NOT_LITERAL":
            return rng.choice(_ANY)
        case "IN":
            return _of_class(rng, argument)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, items = argument
            count = rng.randint(least, min(int(most), least + _SOME))
            return "".join(_all(rng, items) for _time in range(count))
        case "SUBPATTERN":
            return _all(rng, argument[-1])
        case "BRANCH":
            return _all(rng, rng.choice(argument[1]))
    return ""  # anchors take no room


def _of_class(rng: Random, members: Any) -> str:
    if str(members[0][0]) == "NEGATE":
        excluded = {char for operation, argument in members[1:] for char in _members(str(operation), argument)}
        return rng.choice([char for char in _ANY if char not in excluded] or ["〇"])
    operation, argument = rng.choice(members)
    return rng.choice(_members(str(operation), argument))


def _members(operation: str, argument: Any) -> str:
    if operation == "LITERAL":
        return chr(argument)
    if operation == "RANGE":
        first, last = argument
        return "".join(map(chr, range(first, min(last, first + 200) + 1)))
    return _CATEGORIES.get(str(argument), _ANY)
