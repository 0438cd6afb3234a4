"""Syntax tree → Python closures. Importing this package registers the compiler of every node."""

from engine.feel.compiler import (
    access,
    arithmetic,
    calls,
    comparison,
    functions,
    iteration,
    literals,
    logic,
    tests,
)
from engine.feel.compiler.code import BUDGET, Code, Frame, Layout, Scope, compile_node
from engine.feel.compiler.tests import compile_cell

__all__ = [
    "BUDGET",
    "Code",
    "Frame",
    "Layout",
    "Scope",
    "access",
    "arithmetic",
    "calls",
    "comparison",
    "compile_cell",
    "compile_node",
    "functions",
    "iteration",
    "literals",
    "logic",
    "tests",
]
