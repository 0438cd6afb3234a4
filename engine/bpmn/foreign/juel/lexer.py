"""The words of a JUEL expression, read one after the other from a place in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.bpmn.foreign.juel.errors import NotTranslatable
from engine.i18n import _

# No alternative backtracks into itself: reading is linear.
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number> (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
  | (?P<text>   "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
  | (?P<name>   [^\W\d][\w$]*|\$[\w$]+ )
  | (?P<symbol> && | \|\| | == | != | <= | >= | [-+*/%<>!?:.,()\[\]{}=;] )
)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "div": "/",
    "mod": "%",
}


class Token(NamedTuple):
    """`kind` is number, text, name, symbol or end; `at` where it begins, `end` where the next one may."""

    kind: str
    text: str
    at: int
    end: int


def token_at(text: str, at: int) -> Token:
    """The token that begins here, after blanks; operators in words come as symbols. Raises NotTranslatable."""
    match = _TOKEN.match(text, at)
    if match is None or match.lastgroup is None:
        rest = text[at:].lstrip()
        if not rest:
            return Token("end", "", len(text), len(text))
        if rest[0] in "'\"":
            raise NotTranslatable(_("文字缺少结尾的引号"))
        raise NotTranslatable(_("不认识的字符 {wrong}", wrong=rest[0]))
    kind = match.lastgroup
    word = match[kind]
    if kind == "name" and word in _WORDS:
        return Token("symbol", _WORDS[word], match.start(kind), match.end())
    if kind == "text":
        word = re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL)
    return Token(kind, word, match.start(kind), match.end())
