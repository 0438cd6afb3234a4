"""Patterns of text fields, in time that grows only with the length of the text.

The browser tests a pattern with its own engine; here RE2 does, which knows no look-around and no back references and
therefore cannot be made to run for ever. What RE2 cannot read is refused when the form is read.
"""

from __future__ import annotations

import re
from typing import Any

import re2

LONGEST_PATTERN = 500
_JS_UNICODE = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|.)", re.DOTALL)

MOBILE = r"^1[3-9]\d{9}$"
_HOST_PART = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_HOST_PART}(?:\.{_HOST_PART})+$"


def compile_pattern(text: str) -> Any | None:
    """The compiled pattern (with `search`), or None when it is too long or not regular."""
    if len(text) > LONGEST_PATTERN:
        return None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 4 << 20
    try:
        return re2.compile(_JS_UNICODE.sub(_respell, text), options)
    except (re2.error, UnicodeEncodeError, ValueError):
        return None


def _respell(found: re.Match[str]) -> str:
    r"""RE2 spells \u4e00 as \x{4e00}; every other escape stays, so that \\u is not taken for one."""
    code = found.group(2) or found.group(3)
    return rf"\x{{{code}}}" if code else found.group(0)
