"""A piece of FEEL that is being put together: its text, how tightly it binds, and what it can give."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Bind(IntEnum):
    """How tightly the outermost operator binds; a piece goes into brackets where something tighter is wanted."""

    CHOICE = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    SUM = 4
    PRODUCT = 5
    SIGN = 6
    WHOLE = 7


class Gives(StrEnum):
    """What a piece can give: only BOOLEAN, NUMBER and TEXT are never null; a TRUTH is true, false or null."""

    BOOLEAN = "boolean"
    TRUTH = "truth"
    NUMBER = "number"
    TEXT = "text"
    MOMENT = "moment"
    ANY = "any"


class Written(NamedTuple):
    """A piece of FEEL."""

    text: str
    bind: Bind = Bind.WHOLE
    gives: Gives = Gives.ANY

    def within(self, bind: Bind) -> str:
        """The text where something that binds at least so tightly is wanted."""
        return self.text if self.bind >= bind else f"({self.text})"

    @property
    def sure(self) -> bool:
        """Whether it is never null."""
        return self.gives in (Gives.BOOLEAN, Gives.NUMBER, Gives.TEXT, Gives.MOMENT)


def quoted(text: str) -> str:
    """A text literal."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'
