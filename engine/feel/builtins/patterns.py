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
from engine.feel.builtins.xpath_patterns import Translated, translate
from engine.feel.errors import FeelLimitError
from engine.feel.values import Value
from engine.i18n import _

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 20
_FLAGS = frozenset("smixq")
_PRICE_OF_CLASS = 300
_PRICE_OF_TOO_LARGE = 20_000  # RE2 notices only after filling its memory
_REPLACEMENT = re.compile(r"\\([\\$])|\$([0-9])|([^\\$]+)|(.)", re.DOTALL)


class _Pattern(NamedTuple):
    """A pattern: compiled, or None where it is none. `cost` is the price of preparing it, `parts` are what each
    character may be compared with, `reach` is how many characters one match looks at (None: all that follow)."""

    compiled: Any
    cost: int
    parts: int
    reach: int | None

    def price(self, length: int) -> int:
        """Steps of one match in a text so long, as one that looks at each character with each of its parts."""
        seen = length if self.reach is None else min(length, self.reach)
        return seen * self.parts >> 6


@lru_cache(maxsize=256)
def _compiled(translated: Translated, switches: str) -> _Pattern:
    prefix = f"(?{switches})" if switches else ""
    try:
        compiled = re2.compile(prefix + translated.pattern, options=_OPTIONS)
        parts = int(re2.compile(prefix + translated.outline, options=_OPTIONS).programsize)
    except re2.error as error:
        return _Pattern(None, _PRICE_OF_TOO_LARGE if "too large" in str(error) else 0, 0, 0)
    # Without endless repetition a program has a part for each character that it can take.
    return _Pattern(compiled, compiled.programsize >> 1, parts, None if translated.endless else parts)


@lru_cache(maxsize=256)
def _translated(pattern: str, flags: str) -> Translated:
    if not _FLAGS.issuperset(flags):
        raise NotApplicable
    if "q" in flags:
        return Translated(re2.escape(pattern), re2.escape(pattern), 0, False)
    return translate(pattern, "x" in flags, "s" not in flags)


def _prepared(budget: Budget, at: int, text: str, pattern: Value, flags: Value) -> _Pattern:
    """A pattern, paid for when an evaluation first needs it and each time as looking once at all of the text."""
    key = (string(pattern), "" if flags is None else string(flags))
    translated = _translated(*key)
    known = key in budget.patterns
    if not known:
        budget.spend(PRICE_OF_PATTERN + _PRICE_OF_CLASS * translated.classes, at)
    prepared = _compiled(translated, "".join(sorted(set(key[1]) - ({"x", "q", "s", "m"} if "q" in key[1] else {"x"}))))
    if not known:
        budget.spend(prepared.cost, at)
        budget.patterns |= {key}
    if prepared.compiled is None:
        raise NotApplicable
    budget.spend(len(text) * prepared.parts >> 6, at)
    return prepared


def _matches(budget: Budget, at: int, text: str, pattern: _Pattern) -> Iterator[Any]:
    """All matches. Each is paid for: one may look far ahead before it takes a single character, and so may the next."""
    for match in pattern.compiled.finditer(text):
        budget.spend(1 + (pattern.price(len(text) - match.start()) >> 2), at)
        yield match


@builtin("matches", "input, pattern, flags?", budgeted=True)
def matches(budget: Budget, at: int, text: Value, pattern: Value, flags: Value = None) -> Value:
    """Whether the pattern is found anywhere; flags are those of XPath: s, m, i, x and q, which takes every
    character for itself. Null if the pattern is none."""
    searched = string(text)
    return _prepared(budget, at, searched, pattern, flags).compiled.search(searched) is not None


@builtin("replace", "input, pattern, replacement, flags?", budgeted=True)
def replace(budget: Budget, at: int, text: Value, pattern: Value, replacement: Value, flags: Value = None) -> Value:
    """Every match replaced; `$1` is what the first group matched, `$0` the whole, `\\$` a dollar sign; with the flag q
    it stands for itself.

    Null if the pattern is none or matches nothing at all (an empty text), or if a `$` stands alone.
    """
    source = string(text)
    prepared = _prepared(budget, at, source, pattern, flags)
    if prepared.compiled.search("") is not None:
        raise NotApplicable
    new = string(replacement)
    parts = [new] if flags is not None and "q" in string(flags) else _replacement(new)
    pieces: list[str] = []
    end = length = 0
    for match in _matches(budget, at, source, prepared):
        filled = [source[end : match.start()], *(_filled(part, match) for part in parts)]
        budget.spend(len(filled), at)
        length += sum(map(len, filled))
        if length > MAX_CHARACTERS:
            raise FeelLimitError(_("文本太长，最多 {n} 个字符", n=MAX_CHARACTERS), at)
        pieces += filled
        end = match.end()
    return "".join([*pieces, source[end:]])


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
    source = string(text)
    prepared = _prepared(budget, at, source, delimiter, None)
    pieces: list[str] = []
    start = 0
    for match in _matches(budget, at, source, prepared):
        if match.end() > match.start():
            pieces.append(source[start : match.start()])
            start = match.end()
    return [*pieces, source[start:]]
