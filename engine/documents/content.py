"""What a document says: title, number, day, case, sections of text and tables; every value in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.clock import local

EMPTY = "—"
"""Stands where a value is missing."""


@dataclass(frozen=True)
class Section:
    """A heading with text (paragraphs by line), a table (first row: the column heads) or both."""

    heading: str
    text: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Content:
    """`number` is empty of a document that draws none; `case` is the number of the case that issued it."""

    title: str
    number: str
    version: int
    day: str
    case: str
    sections: tuple[Section, ...]

    @classmethod
    def of(
        cls, title: str, number: str, version: int, at: datetime, case: str, sections: Iterable[Mapping[str, Any]]
    ) -> Content:
        """From what a handler hands over: each section `heading` and `text` and/or `table` (rows of values; of mappings
        the keys of the first are the heads). Raises ValueError for a section that has neither."""
        day = local(at)
        return cls(
            title=plain(title),
            number=number,
            version=version,
            day=f"{day.year}年{day.month}月{day.day}日",
            case=case,
            sections=tuple(_section(told) for told in sections),
        )

    def as_data(self) -> dict[str, Any]:
        """For storage and for the typesetter."""
        return {
            "title": self.title,
            "number": self.number,
            "version": self.version,
            "day": self.day,
            "case": self.case,
            "sections": [
                {"heading": one.heading, "text": one.text, "table": [list(row) for row in one.table]}
                for one in self.sections
            ],
        }


def _section(told: Mapping[str, Any]) -> Section:
    if "text" not in told and "table" not in told:
        raise ValueError("a section has text or a table")
    rows = list(told.get("table") or ())
    if rows and isinstance(rows[0], Mapping):
        heads = list(rows[0])
        rows = [heads, *([row.get(head) for head in heads] for row in rows)]
    width = max((len(row) for row in rows), default=0)
    table = tuple(tuple(words(cell) for cell in [*row, *[""] * (width - len(row))]) for row in rows)
    text = words(told["text"]) if "text" in told else ""
    return Section(plain(str(told.get("heading", ""))), text, table)


def words(value: Any) -> str:
    """A value as a reader wants it: days and moments in Shanghai, 是 and 否, lists with 、, — for nothing."""
    if value is None or value == "" or value == []:
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{local(value) if value.tzinfo else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{words(one)}" for key, one in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return "、".join(words(one) for one in value)
    return plain(str(value))


def plain(text: str) -> str:
    """Without what no document format can hold: control characters other than line ends and tabs, halves of pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in text
        if c in "\n\t" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
