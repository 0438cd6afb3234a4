"""What may stand in a label, and what may be typed into a field: text, and nothing that a browser could run or hide."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

#: `<` followed by what begins a tag, a closing tag, a comment or a processing instruction.
_TAG = re.compile(r"<\s*[a-zA-Z/!?]")
_SCHEME = re.compile(r"(javascript|vbscript|data|file|blob)\s*:", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
#: Marks that change the direction of what follows; with them a text can read differently from what it is.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_SEPARATORS = frozenset("\u2028\u2029\ufeff")


def has_markup(text: str) -> bool:
    """Whether a text contains an HTML tag or a link that runs something, however it is disguised."""
    seen = text
    for _ignored in range(3):
        if _TAG.search(seen) or _SCHEME.search(_without_blanks(seen)):
            return True
        plainer = unquote(html.unescape(seen))
        if plainer == seen:
            return False
        seen = plainer
    return True  # a text wrapped three times over hides something


def _without_blanks(text: str) -> str:
    """Browsers ignore blanks and control characters inside a scheme, so the search does too."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))


def quoted_markup(expression: str) -> bool:
    """Whether one of the string literals of a FEEL text contains markup (a bare `<` is a comparison)."""
    return any(has_markup(literal[1:-1].replace("\\", "")) for literal in _QUOTED.findall(expression))


def has_template(text: str) -> bool:
    """Whether the browser would compute `{{ … }}` in the text."""
    return "{{" in text


def hidden_character(text: str, lines: bool) -> bool:
    """Whether a text holds characters nobody can see: controls, half pairs, turns of direction.

    With `lines`, line breaks and tabs are welcome.
    """
    for char in text:
        if char in _DIRECTION or char in _SEPARATORS:
            return True
        if unicodedata.category(char) in ("Cc", "Cs") and not (lines and char in "\n\t"):
            return True
    return False
