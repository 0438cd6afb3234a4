"""Patterns as XPath writes them, for RE2.

XPath's classes know all of Unicode (`\\w` is also 规), RE2's only ASCII. RE2 reads more than XPath allows (`\\b`,
`[[:alpha:]]`) and would take a class less another one, `[a-z-[aeiou]]`, for something else. So a pattern is read once
and written anew. What RE2 cannot do is refused: back-references.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from engine.feel.builtins.registry import NotApplicable
from engine.feel.builtins.xpath_classes import block, remainder, written

_NAME_START: Final = (
    r":A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}\x{2070}-\x{218F}"
    r"\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
# The letters of classes, as they stand inside of brackets. Capitals mean everything else.
_CLASSES: Final = {
    "d": r"\p{Nd}",
    "s": r" \t\n\r",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "i": _NAME_START,
    "c": _NAME_START + r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}",
}
_OTHERS: Final = {  # the capitals inside of brackets, as far as they can be said there
    "D": r"\P{Nd}",
    "S": r"\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{21}-\x{10FFFF}",
    "W": r"\p{P}\p{Z}\p{C}",
}
_NOTHING: Final = r"[^\x{0}-\x{10FFFF}]"
_SMALL: Final = r"\x{100}-\x{10FFFF}"
_ESCAPED: Final = (
    r"\\(?P<property>[pP]\{[A-Za-z]{1,2}\})|\\(?P<sign>[pP])\{Is(?P<block>[A-Za-z0-9-]+)\}|"
    r"\\(?P<letter>[dswicDSWIC])|\\(?P<escape>[nrt\\|.?*+(){}\-\[\]^$])|"
)
_OUTSIDE: Final = re.compile(
    _ESCAPED + r"(?P<repeat>[*+]|\{[0-9]+(?:,[0-9]*)?\})|(?P<group>\((?:\?:|(?!\?)))"
    r"|(?P<open>\[\^?(?!\]))|(?P<plain>[^\\\[\](){}])|(?P<end>\))"
)
_INSIDE: Final = re.compile(_ESCAPED + r"(?P<close>\])|(?P<plain>[^\\\[\]])")
_LESS: Final = re.compile(r"\[(?:\\.|[^\\\[\]])+-\[", re.DOTALL)
_WHITE: Final = " \t\n\r"


class Translated(NamedTuple):
    """A pattern for RE2.

    `outline` is the same with a small class for each large one: its program has about as many parts as one step of
    matching looks at. `classes` says how many there are, `endless` that one match may look at all that follows.
    """

    pattern: str
    outline: str
    classes: int
    endless: bool


def translate(pattern: str, free_spacing: bool, lines: bool = True) -> Translated:
    """Raises NotApplicable for what XPath does not allow or RE2 cannot do.

    `free_spacing` takes white space out that is not in brackets: XPath's flag x. With `lines` a dot matches no end of
    a line: without XPath's flag s.
    """
    if free_spacing:
        pattern = _without_space(pattern)
    new: list[str] = []
    outline: list[str] = []
    classes = 0
    endless = in_class = False
    place = 0
    while place < len(pattern):
        token = (_INSIDE if in_class else _OUTSIDE).match(pattern, place)
        if token is None:
            raise NotApplicable
        start, place = place, token.end()
        kind, text = token.lastgroup, token[0]
        short = None
        if kind in ("letter", "property"):
            text = _class(token["letter"], in_class) if kind == "letter" else text
            if token["letter"] not in ("s", "S"):
                classes += 1
                short = _SMALL if in_class else f"[{_SMALL}]"
        elif kind == "block":
            members = block(token["block"], token["sign"] == "P")
            text = members if in_class else f"[{members}]"
        elif kind == "open" and _LESS.match(pattern, start):
            ranges, place = remainder(pattern, start)
            text = f"[{written(ranges)}]" if ranges else _NOTHING
        elif kind in ("open", "close"):
            in_class = kind == "open"
        elif text == "." and lines and not in_class:
            text = r"[^\n\r]"
        elif kind == "repeat":
            endless = endless or text in "*+" or text.endswith(",}")
        new.append(text)
        outline.append(text if short is None else short)
    if in_class:
        raise NotApplicable
    return Translated("".join(new), "".join(outline), classes, endless)


def _without_space(pattern: str) -> str:
    kept: list[str] = []
    depth = 0
    escaped = False
    for char in pattern:
        if char in _WHITE and not depth:
            continue
        kept.append(char)
        if escaped or char == "\\":
            escaped = not escaped
        elif char == "[":
            depth += 1
        elif char == "]" and depth:
            depth -= 1
    return "".join(kept)


def _class(letter: str, in_class: bool) -> str:
    if not in_class:
        if letter in "wW":  # what is no word is said in fewer ranges than what is one
            return f"[{'^' * (letter == 'w')}{_OTHERS['W']}]"
        return f"[{'^' * letter.isupper()}{_CLASSES[letter.lower()]}]"
    if letter not in _CLASSES and letter not in _OTHERS:
        raise NotApplicable
    return _CLASSES.get(letter) or _OTHERS[letter]
