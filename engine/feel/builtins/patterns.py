"""Regular expressions. RE2 matches in linear time and refuses what would not be (look-around, back-references)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

from engine.feel.budget import MAX_CHARACTERS, PRICE_OF_PATTERN, Budget
from engine.feel.builtins.arguments import string
from engine.feel.builtins.registry import NotApplicable, builtin
from engine.feel.errors import FeelLimitError
from engine.feel.values import Value
from engine.i18n import _

_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 20
_FLAGS = frozenset("smix")
# What the flag x takes out: white space, but not inside of a class in square brackets and not when escaped.
_FREE_SPACE = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\s+", re.DOTALL)
_REPLACEMENT = re.compile(r"\\([\\$])|\$([0-9])|([^\\$]+)|(.)", re.DOTALL)


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> Any:
    if not _FLAGS.issuperset(flags):
        raise NotApplicable
    if "x" in flags:
        pattern = _FREE_SPACE.sub(lambda match: match[1] or "", pattern)
    switches = "".join(sorted(set(flags) - {"x"}))
    try:
        return re2.compile(f"(?{switches}){pattern}" if switches else pattern, options=_OPTIONS)
    except re2.error:
        raise NotApplicable from None


def _prepared(budget: Budget, at: int, text: str, pattern: Value, flags: Value) -> Any:
    """A compiled pattern, paid for as one that looks at each character with each of its parts."""
    budget.spend(PRICE_OF_PATTERN, at)
    compiled = _compiled(string(pattern), "" if flags is None else string(flags))
    budget.spend(len(text) * compiled.programsize >> 7, at)
    return compiled


@builtin("matches", "input, pattern, flags?", budgeted=True)
def matches(budget: Budget, at: int, text: Value, pattern: Value, flags: Value = None) -> Value:
    """Whether the pattern is found anywhere; flags are those of XPath: s, m, i, x. Null if the pattern is none."""
    return _prepared(budget, at, string(text), pattern, flags).search(text) is not None


@builtin("replace", "input, pattern, replacement, flags?", budgeted=True)
def replace(budget: Budget, at: int, text: Value, pattern: Value, replacement: Value, flags: Value = None) -> Value:
    """Every match replaced; `$1` is what the first group matched, `$0` the whole, `\\$` a dollar sign.

    Null if the pattern is none or matches nothing at all (an empty text), or if a `$` stands alone.
    """
    compiled = _prepared(budget, at, string(text), pattern, flags)
    if compiled.search("") is not None:
        raise NotApplicable
    parts = _replacement(string(replacement))
    pieces: list[str] = []
    end = length = 0
    for match in compiled.finditer(text):
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
    compiled = _prepared(budget, at, string(text), delimiter, None)
    pieces: list[str] = []
    start = 0
    for match in compiled.finditer(text):
        if match.end() > match.start():
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]
