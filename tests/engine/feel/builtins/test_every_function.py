"""No function is without its cases."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.feel.builtins import all_builtins

LEAST = 3
NAME = re.compile(r"[a-z][a-z ]*(?=\()")


def cases() -> Iterator[str]:
    """The first column of every table of this folder."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "parametrize":
                rows = node.args[1].elts if isinstance(node.args[1], ast.List) else []
                for row in rows:
                    first = row.elts[0] if isinstance(row, ast.Tuple) else row
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield first.value


def test_every_function_has_at_least_three_cases() -> None:
    called = Counter(name.strip() for case in cases() for name in set(NAME.findall(case)))
    rare = {one.name: called[one.name] for one in all_builtins() if called[one.name] < LEAST}
    assert rare == {}
