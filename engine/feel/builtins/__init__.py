"""The built-in functions, a file a family; importing this package registers them all."""

from engine.feel.builtins import contexts, lists, logic, numbers, strings, temporal
from engine.feel.builtins.registry import Builtin, NotApplicable, find_function, is_function_name

__all__ = [
    "Builtin",
    "NotApplicable",
    "contexts",
    "find_function",
    "is_function_name",
    "lists",
    "logic",
    "numbers",
    "strings",
    "temporal",
]
