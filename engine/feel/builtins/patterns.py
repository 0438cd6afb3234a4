"""Regular expressions of XPath. RE2 matches in linear time and refuses what would not be (back-references)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from engine.feel.budget import MAX_CHARACTERS, PRICE_OF_PATTERN, Budget
from engine.feel.builtins.arguments import string
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.builtins.xpath_patterns import translate
from engine.feel.errors import FeelLimitError
from engine.feel.values import Value
from engine.i18n import _

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 20
_FLAGS = frozenset("smix")
_REPLACEMENT = re.compile(r"\\([\\$])|\$([0-9])|([^\\$]+)|(.)", re.DOTALL)


class _Pattern(NamedTuple):
    """A compiled pattern; `reach` is how many characters one match looks at, None for all that follow."""

    compiled: Any
    reach: int | None

    def price(self, length: int) -> int:
        """Steps of one match in a text so long, as one that looks at each character with each of its parts."""
        seen = length if self.reach is None else min(length, self.reach)
        return seen * int(self.compiled.programsize) >> 7


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> _Pattern:
    if not _FLAGS.issuperset(flags):
        raise NotApplicable
    translated, endless = translate(pattern, "x" in flags)
    switches = "".join(sorted(set(flags) - {"x"}))
    try:
        compiled = re2.compile(f"(?{switches}){translated}" if switches else translated, options=_OPTIONS)
    except re2.error:
        raise NotApplicable from None
    # Without endless repetition a program has a part for each character that it can take.
    return _Pattern(compiled, None if endless else compiled.programsize)


def _prepared(budget: Budget, at: int, text: str, pattern: Value, flags: Value) -> _Pattern:
    """A compiled pattern, paid for as looking once at all of the text."""
    budget.spend(PRICE_OF_PATTERN, at)
    prepared = _compiled(string(pattern), "" if flags is None else string(flags))
    budget.spend(len(text) * int(prepared.compiled.programsize) >> 7, at)
    return prepared


def _matches(budget: Budget, at: int, text: str, pattern: _Pattern) -> Iterator[Any]:
    """All matches. Each is paid for: one may look far ahead before it takes a single character, and so may the next."""
    for match in pattern.compiled.finditer(text):
        budget.spend(1 + (pattern.price(len(text) - match.start()) >> 1), at)
        yield match


@builtin("matches", "input, pattern, flags?", budgeted=True)
def matches(budget: Budget, at: int, text: Value, pattern: Value, flags: Value = None) -> Value:
    """Whether the pattern is found anywhere; flags are those of XPath: s, m, i, x. Null if the pattern is none."""
    return _prepared(budget, at, string(text), pattern, flags).compiled.search(text) is not None


@builtin("replace", "input, pattern, replacement, flags?", budgeted=True)
def replace(budget: Budget, at: int, text: Value, pattern: Value, replacement: Value, flags: Value = None) -> Value:
    """Every match replaced; `$1` is what the first group matched, `$0` the whole, `\\$` a dollar sign.

    Null if the pattern is none or matches nothing at all (an empty text), or if a `$` stands alone.
    """
    prepared = _prepared(budget, at, string(text), pattern, flags)
    if prepared.compiled.search("") is not None:
        raise NotApplicable
    parts = _replacement(string(replacement))
    pieces: list[str] = []
    end = length = 0
    for match in _matches(budget, at, text, prepared):
        filled = [text[end : match.start()], *(_filled(part, match) for part in parts)]
        budget.spend(len(filled), at)
        length += sum(map(len, filled))
        if length > MAX_CHARACTERS:
            raise FeelLimitError(_("文本太长，最多 {n} 个字符", n=MAX_CHARACTERS), at)
        pieces += filled
        end = match.end()
    return "".join([*pieces, text[end:]])


def _replacement(text: str) -> list[str | int]:
    """Texts and numbers of groups."""
    parts: list[str | int] = []
    for escaped, group, plain, wrong in _REPLACEMENT.findall(text):
        if wrong:
            raise NotApplicable
        parts.append(int(group) if group else escaped or plain)
    return parts


def _filled(part: str | int, match: Any) -> str:
    if isinstance(part, str):
        return part
    return (match.group(part) or "") if part <= match.re.groups else ""


@builtin("split", "string, delimiter", budgeted=True)
def split(budget: Budget, at: int, text: Value, delimiter: Value) -> Value:
    """The pieces between matches of a regular expression; null if the expression is none."""
    prepared = _prepared(budget, at, string(text), delimiter, None)
    pieces: list[str] = []
    start = 0
    for match in _matches(budget, at, text, prepared):
        if match.end() > match.start():
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]
