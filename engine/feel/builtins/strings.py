"""Strings. Positions count characters from 1, negative ones from the end."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.budget import MAX_CHARACTERS, Budget
from engine.feel.builtins.arguments import cut, items, string
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.errors import FeelLimitError
from engine.feel.rendering import render
from engine.feel.values import Value
from engine.i18n import _


@builtin("string length", "string")
def string_length(text: Value) -> Value:
    """Number of characters."""
    return Decimal(len(string(text)))


@builtin("upper case", "string")
def upper_case(text: Value) -> Value:
    """In capitals."""
    return string(text).upper()


@builtin("lower case", "string")
def lower_case(text: Value) -> Value:
    """In small letters."""
    return string(text).lower()


@builtin("contains", "string, match")
def contains(text: Value, match: Value) -> Value:
    """Whether match occurs in the text."""
    return string(match) in string(text)


@builtin("starts with", "string, match")
def starts_with(text: Value, match: Value) -> Value:
    """Whether the text begins with match."""
    return string(text).startswith(string(match))


@builtin("ends with", "string, match")
def ends_with(text: Value, match: Value) -> Value:
    """Whether the text ends with match."""
    return string(text).endswith(string(match))


@builtin("substring", "string, start position, length?")
def substring(text: Value, start: Value, length: Value = None) -> Value:
    """The part from a position on; null if the position lies outside or the length is below 1."""
    whole_text, position = string(text), cut(start)
    first = position - 1 if position > 0 else len(whole_text) + position
    if position == 0 or not 0 <= first <= len(whole_text):
        raise NotApplicable
    if length is None:
        return whole_text[first:]
    count = cut(length)
    if count < 1:
        raise NotApplicable
    return whole_text[first : first + count]


@builtin("string", "from", budgeted=True)
def to_string(budget: Budget, at: int, value: Value) -> Value:
    """Any value as text; null stays null."""
    return None if value is None else render(value, budget, at)


@builtin("string join", "list, delimiter?", budgeted=True)
def string_join(budget: Budget, at: int, texts: Value, delimiter: Value = None) -> Value:
    """Strings put together; nulls are left out."""
    parts = [string(text) for text in items(texts) if text is not None]
    separator = "" if delimiter is None else string(delimiter)
    length = sum(map(len, parts)) + len(separator) * len(parts)
    if length > MAX_CHARACTERS + len(separator):
        raise FeelLimitError(_("文本太长，最多 {n} 个字符", n=MAX_CHARACTERS), at)
    budget.spend(length >> 3, at)
    return separator.join(parts)


@builtin("substring before", "string, match")
def substring_before(text: Value, match: Value) -> Value:
    """The part before the first match; nothing if there is none."""
    if string(match) == "":
        return string(text)[:0]
    before, found, _after = string(text).partition(string(match))
    return before if found else ""


@builtin("substring after", "string, match")
def substring_after(text: Value, match: Value) -> Value:
    """The part behind the first match; nothing if there is none."""
    if string(match) == "":
        return string(text)
    return string(text).partition(string(match))[2]


@builtin("trim", "string", addition=True)
def trim(text: Value) -> Value:
    """Without white space at both ends."""
    return string(text).strip()
