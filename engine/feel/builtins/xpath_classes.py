"""Classes of characters that RE2 does not know: blocks of Unicode by name, and a class less another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from engine.feel.builtins.registry import NotApplicable

Ranges = list[tuple[int, int]]
"""First and last code points, in order and without touching each other."""

MAX_DEPTH: Final = 4
"""Classes inside of classes."""
_LAST: Final = 0x10FFFF
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_MEANT: Final = "\\|.?*+(){}-[]^$"
_BLOCKS: Final[Mapping[str, tuple[int, int]]] = {
    "BasicLatin": (0x0, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "CombiningDiacriticalMarks": (0x300, 0x36F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Armenian": (0x530, 0x58F),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Devanagari": (0x900, 0x97F),
    "Thai": (0xE00, 0xE7F),
    "Tibetan": (0xF00, 0xFFF),
    "Georgian": (0x10A0, 0x10FF),
    "HangulJamo": (0x1100, 0x11FF),
    "Mongolian": (0x1800, 0x18AF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "MiscellaneousTechnical": (0x2300, 0x23FF),
    "EnclosedAlphanumerics": (0x2460, 0x24FF),
    "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF),
    "MiscellaneousSymbols": (0x2600, 0x26FF),
    "Dingbats": (0x2700, 0x27BF),
    "CJKRadicalsSupplement": (0x2E80, 0x2EFF),
    "KangxiRadicals": (0x2F00, 0x2FDF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "EnclosedCJKLettersandMonths": (0x3200, 0x32FF),
    "CJKCompatibility": (0x3300, 0x33FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "YiSyllables": (0xA000, 0xA48F),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
    "PrivateUseArea": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "CJKCompatibilityForms": (0xFE30, 0xFE4F),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}


def block(name: str, outside: bool) -> str:
    """What stands inside of brackets for `\\p{IsBasicLatin}`, or for all but the block. Raises NotApplicable for names
    that are not here."""
    if name not in _BLOCKS:
        raise NotApplicable
    ranges = [_BLOCKS[name]]
    return written(_less([(0, _LAST)], ranges) if outside else ranges)


def written(ranges: Ranges) -> str:
    """Ranges as RE2 has them inside of brackets."""
    return "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in ranges)


def remainder(pattern: str, place: int, depth: int = 0) -> tuple[Ranges, int]:
    """The characters of `[a-z-[aeiou]]` at a place of a pattern, and the place behind it.

    Of single characters and ranges only. Raises NotApplicable for anything else.
    """
    if depth == MAX_DEPTH:
        raise NotApplicable
    place += 1
    negated = pattern[place : place + 1] == "^"
    place += negated
    found: Ranges = []
    without: Ranges = []
    while pattern[place : place + 1] != "]":
        if found and pattern[place : place + 2] == "-[":
            without, place = remainder(pattern, place + 1, depth + 1)
            break
        low, place = _character(pattern, place)
        high = low
        if pattern[place : place + 1] == "-" and pattern[place + 1 : place + 2] not in ("", "[", "]"):
            high, place = _character(pattern, place + 1)
        if high < low:
            raise NotApplicable
        found.append((low, high))
    if not found or pattern[place : place + 1] != "]":
        raise NotApplicable
    whole = _merged(found)
    return _less(_less([(0, _LAST)], whole) if negated else whole, without), place + 1


def _character(pattern: str, place: int) -> tuple[int, int]:
    char = pattern[place : place + 1]
    if not char or char == "[":
        raise NotApplicable
    if char != "\\":
        return ord(char), place + 1
    escaped = pattern[place + 1 : place + 2]
    if escaped not in _CONTROLS and (not escaped or escaped not in _MEANT):
        raise NotApplicable
    return ord(_CONTROLS.get(escaped, escaped)), place + 2


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    result: Ranges = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def _less(ranges: Ranges, without: Ranges) -> Ranges:
    """Both in order: one walk along them."""
    result: Ranges = []
    index = 0
    for first, last in ranges:
        low = first
        while index < len(without) and without[index][1] < low:
            index += 1
        at = index
        while at < len(without) and without[at][0] <= last:
            if without[at][0] > low:
                result.append((low, without[at][0] - 1))
            low = without[at][1] + 1
            at += 1
        if low <= last:
            result.append((low, last))
    return result
