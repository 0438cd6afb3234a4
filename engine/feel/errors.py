"""What can go wrong with a FEEL text; every error knows its place in the text.

    ExpressionError
    └── FeelError                 anything below; also raised while evaluating
        ├── FeelSyntaxError       the text cannot be compiled (or is too long or nested too deeply)
        │   └── FeelUnsupported   it is FEEL, but of a part this product does not run (yet)
        ├── FeelLimitError        a budget is used up: steps, depth, list or string size
        ├── FeelValueError        a value from outside that cannot be a FEEL value, or a time that was not handed in
        └── DecisionError         a table that matched what its hit policy or types forbid

Ill-typed operations are no errors: the standard says they give null.
"""

from __future__ import annotations

from typing import Self

from engine.errors import ExpressionError
from engine.i18n import _


class FeelError(ExpressionError):
    """A FEEL text that cannot be read or evaluated.

    `reason` is the sentence without its place, `at` the offset in `text` (0-based, None if there is no place),
    `line` and `column` count from 1.
    """

    def __init__(self, reason: str, at: int | None = None, text: str | None = None) -> None:
        self.reason = reason
        self.at = at
        self.text = text
        self.line, self.column = _place(text, at)
        super().__init__(reason + self._where())

    def located(self, text: str) -> Self:
        """The same error that also knows the text in which it happened; the innermost text stays."""
        if self.text is not None:
            return self
        return type(self)(self.reason, self.at, text)

    def _where(self) -> str:
        if self.at is None:
            return ""
        if self.line > 1:
            return _("（第 {line} 行第 {column} 个字符）", line=self.line, column=self.column)
        return _("（第 {column} 个字符）", column=self.column)


class FeelSyntaxError(FeelError):
    """The text cannot be compiled; `at` is where reading stopped. Nothing else is raised by compiling."""


class FeelUnsupported(FeelSyntaxError):
    """The text is FEEL, but uses what this product refuses by name."""


class FeelLimitError(FeelError):
    """The budget of one evaluation is used up."""


class FeelValueError(FeelError):
    """A value from outside is no FEEL value, or the present time was asked for and not handed in."""


class DecisionError(FeelError):
    """A decision table found what its hit policy or its types forbid."""


def _place(text: str | None, at: int | None) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    if at is None:
        return 1, 1
    if text is None:
        return 1, at + 1
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
