"""Text → tokens, each with its offset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from engine.feel.budget import MAX_TEXT
from engine.feel.errors import FeelSyntaxError
from engine.i18n import _


class TokenKind(Enum):
    """What a token is."""

    NUMBER = "number"
    STRING = "string"
    AT = "at"  # @"2026-01-01"
    NAME = "name"
    KEYWORD = "keyword"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text. `text` is the word as written; of strings the value with its escapes resolved."""

    kind: TokenKind
    text: str
    at: int


KEYWORDS = frozenset(
    {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "instance"}
    | {"true", "false", "null", "function"}
)

# Each alternative starts with another character and none backtracks into itself: reading is linear.
_TOKEN = re.compile(
    r"""
    (?P<space>  [\s\ufeff]+ | //[^\n]* | /\*(?:[^*]|\*(?!/))*\*/ )
  | (?P<number> (?: [0-9]+(?:\.[0-9]+)? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
  | (?P<string> "(?:[^"\\]|\\.)*" )
  | (?P<at>     @"[^"]*" )
  | (?P<name>   (?:[^\W\d]|[\U00010000-\U000EFFFF]) (?: \w | [\U00010000-\U000EFFFF] | ['’](?=\w) )* )
  | (?P<symbol> \.\. | \*\* | <= | >= | != | -> | [-+*=<>()\[\]{},.:?] | /(?!\*) )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
# What a Chinese keyboard types, and what the language wants instead.
_FULL_WIDTH = dict(
    zip(
        "“”‘’，；：（）【】｛｝＝＞＜＋－×÷。？０１２３４５６７８９",
        '"""",,:()[]{}=><+-*/.?0123456789',
        strict=True,
    )
) | {"≥": ">=", "≤": "<=", "≠": "!=", "！": "!="}
# Habits from other languages.
_FOREIGN = {"&": "and", "|": "or", "!": "not(…)", "'": '"', "%": "/ 100"}


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, ended by one END token. Raises FeelSyntaxError where no token can be read."""
    if len(text) > MAX_TEXT:
        raise FeelSyntaxError(_("表达式太长，最多 {n} 个字符", n=MAX_TEXT))
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at)
        if match.lastgroup != "space":
            tokens.append(_token(str(match.lastgroup), match.group(), at))
        at = match.end()
    tokens.append(Token(TokenKind.END, "", len(text)))
    return tokens


def _token(kind: str, word: str, at: int) -> Token:
    if kind == "string":
        return Token(TokenKind.STRING, _resolve_escapes(word[1:-1], at), at)
    if kind == "at":
        return Token(TokenKind.AT, word[2:-1], at)
    if kind == "name" and word in KEYWORDS:
        return Token(TokenKind.KEYWORD, word, at)
    return Token(TokenKind(kind), word, at)


def _resolve_escapes(body: str, at: int) -> str:
    if "\\" not in body:
        return body

    def resolve(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None:
            return _ESCAPED.get(match[3], "\\" + match[3])
        if int(code, 16) > 0x10FFFF:
            raise FeelSyntaxError(_("不存在的字符编码 {code}", code=code), at)
        return chr(int(code, 16))

    # Two \u escapes may form one character beyond the basic plane; a lone half becomes the replacement character.
    return _ESCAPE.sub(resolve, body).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unreadable(text: str, at: int) -> FeelSyntaxError:
    character = text[at]
    if character == '"' or text.startswith('@"', at):
        return FeelSyntaxError(_('文本缺少结尾的英文引号 "'), at)
    if text.startswith("/*", at):
        return FeelSyntaxError(_("注释缺少结尾的 */"), at)
    if character in _FULL_WIDTH:
        return FeelSyntaxError(
            _("不能用中文符号 {wrong}，请改用英文符号 {right}", wrong=character, right=_FULL_WIDTH[character]), at
        )
    if character in _FOREIGN:
        return FeelSyntaxError(_("不能用 {wrong}，请改用 {right}", wrong=character, right=_FOREIGN[character]), at)
    return FeelSyntaxError(_("不认识的字符 {wrong}", wrong=character), at)
