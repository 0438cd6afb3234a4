"""The built-in functions, a file a family; importing this package registers them all."""

from engine.feel.builtins import (
    contexts,
    list_edits,
    lists,
    logic,
    numbers,
    patterns,
    ranges,
    statistics,
    strings,
    temporal,
    workdays,
)
from engine.feel.builtins.registry import Builtin, NotApplicable, all_builtins, find_function, is_function_name

__all__ = [
    "Builtin",
    "NotApplicable",
    "all_builtins",
    "contexts",
    "find_function",
    "is_function_name",
    "list_edits",
    "lists",
    "logic",
    "numbers",
    "patterns",
    "ranges",
    "statistics",
    "strings",
    "temporal",
    "workdays",
]
