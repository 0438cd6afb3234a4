"""Words for people: Simplified Chinese is the source, English the second catalogue.

The message id *is* the Chinese sentence, so a missing translation still reads well. `_()` looks the sentence up in the
language of the current request and fills in its `{fields}`. The catalogue lies in
`engine/translations/<lang>/LC_MESSAGES`; Babel extracts and compiles it.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="zh")


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


def _(message: str, /, **fields: object) -> str:
    """The message in the language in force, with its `{fields}` filled in."""
    text = _catalogue(_language.get()).gettext(message) if _language.get() != "zh" else message
    return text.format(**fields) if fields else text
