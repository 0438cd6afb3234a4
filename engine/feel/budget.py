"""How much one evaluation may cost.

A run of straight code costs at most its own text, which is short; only loops, filters, built-ins and joined strings can
multiply. So the compiler knows the price of every body in advance and each round of a loop pays it at once: expressions
without loops pay nothing at run time, and no expression can outrun the budget.
"""

from __future__ import annotations

from engine.feel.errors import FeelLimitError
from engine.i18n import _

MAX_TEXT = 10_000
"""Characters of one expression."""
MAX_NESTING = 40
"""Brackets, calls or conditionals inside each other; bounds the parser's recursion."""
MAX_TREE = 100
"""Depth of the syntax tree, chains such as a.b.c or 1+2+3 included; bounds the recursion of compiled code."""
MAX_ITERATORS = 8
"""Names of one `for`, `some` or `every`."""
MAX_LEVELS = 200
"""Depth of the syntax trees of all functions that wait for each other; bounds recursive functions."""
MAX_DEPTH = 64
"""Lists and contexts inside each other, in values."""
MAX_STEPS = 500_000
"""Steps of one evaluation; about half a second at the worst."""
MAX_ITEMS = 100_000
"""Items of one list."""
MAX_CHARACTERS = 100_000
"""Characters of one string."""


PRICE_OF_POWER = 50
"""Steps of `**`, which takes that much longer than other arithmetic."""
PRICE_OF_PATTERN = 200
"""Steps of preparing a regular expression."""


class Budget:
    """What is left of one evaluation; shared by all its loops, and by all cells of a decision table."""

    steps = MAX_STEPS  # on the class, so that the many evaluations that never pay do not even write it
    levels = 0
    patterns: frozenset[tuple[str, str]] = frozenset()
    """Regular expressions that were prepared, and paid for, with their flags."""

    def enter(self, levels: int, at: int) -> int:
        """Go into the body of a function, so many levels deep; what to set `levels` to again when leaving it."""
        before = self.levels
        self.levels = before + levels
        if self.levels > MAX_LEVELS:
            raise too_deep_calls(at)
        return before

    def spend(self, steps: int, at: int) -> None:
        """Pay; raises FeelLimitError at place `at` when nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise too_many_steps(at)

    def text(self, value: str, at: int) -> str:
        """Pay for a string that was built (a step per 8 characters) and check its length."""
        if len(value) > MAX_CHARACTERS:
            raise FeelLimitError(_("文本太长，最多 {n} 个字符", n=MAX_CHARACTERS), at)
        self.spend(len(value) >> 3, at)
        return value

    def items(self, count: int, at: int) -> None:
        """Pay for a list that is about to be built and check its length."""
        if count > MAX_ITEMS:
            raise FeelLimitError(_("列表太长，最多 {n} 项", n=MAX_ITEMS), at)
        self.spend(count, at)


def too_many_steps(at: int) -> FeelLimitError:
    """The error for a budget that is used up."""
    return FeelLimitError(_("计算量太大，已停止；请缩小列表或简化表达式"), at)


def too_deep_calls(at: int | None = None) -> FeelLimitError:
    """The error for functions that call each other too deeply."""
    return FeelLimitError(_("函数互相调用太深，已停止"), at)


def too_deep(at: int | None = None) -> FeelLimitError:
    """The error for values nested too deeply."""
    return FeelLimitError(_("列表或上下文嵌套太深，最多 {n} 层", n=MAX_DEPTH), at)
