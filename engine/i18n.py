"""Words for people: Simplified Chinese is the source, English the second catalogue.

The message id *is* the Chinese sentence, so a missing translation still reads well. `_()` looks the sentence up in the
language of the current request and fills in its `{fields}`. The catalogue lies in
`engine/translations/<lang>/LC_MESSAGES`; Babel extracts and compiles it.

Chinese has no plural, English has: `{n} {n:case|cases}` chooses a word by number, the first for 1, the second for 2 and
so on, the last one for everything else. With twelve words it names months.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="zh")


class _Fields(string.Formatter):
    """`str.format` with words chosen by number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        words = format_spec.split("|")
        number = int(str(value)) if str(value).isdecimal() else 0
        return words[number - 1] if 1 <= number <= len(words) else words[-1]


_FIELDS = _Fields()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        "messages", str(Path(__file__).parent / "translations"), languages=[language], fallback=True
    )


def set_language(language: str) -> None:
    """Choose the language of this thread or request; anything unknown falls back to Chinese."""
    _language.set(language if language in LANGUAGES else "zh")


def language() -> str:
    """The language in force: "zh" or "en"."""
    return _language.get()


@contextmanager
def in_source_language() -> Iterator[None]:
    """Chinese inside: for sentences that are stored and read by others than the one who acts now."""
    before = _language.set("zh")
    try:
        yield
    finally:
        _language.reset(before)


def _(message: str, /, **fields: object) -> str:
    """The message in the language in force, with its `{fields}` filled in."""
    text = _catalogue(_language.get()).gettext(message) if _language.get() != "zh" else message
    if not fields:
        return text
    return _FIELDS.vformat(text, (), fields) if "|" in text else text.format(**fields)


def N_(message: str) -> str:
    """Mark a message for extraction where it is only looked up later: `WORDS = {…: N_("已办结")}`, `_(WORDS[key])`."""
    return message
