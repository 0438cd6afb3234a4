"""Words, numbers, strings, comments and what a Chinese keyboard types."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError
from engine.feel.budget import MAX_TEXT
from engine.feel.lexer import Token, TokenKind, tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)[:-1]]


def test_tokens_know_their_place() -> None:
    assert tokenize("a >= 1.5") == [
        Token(TokenKind.NAME, "a", 0),
        Token(TokenKind.SYMBOL, ">=", 2),
        Token(TokenKind.NUMBER, "1.5", 5),
        Token(TokenKind.END, "", 8),
    ]


def test_a_range_is_not_read_as_decimal_point() -> None:
    assert words("[1..5)") == ["[", "1", "..", "5", ")"]


@pytest.mark.parametrize("number", ["0", "12", "1.25", ".5", "1e3", "1.5E-7"])
def test_numbers(number: str) -> None:
    assert tokenize(number)[0] == Token(TokenKind.NUMBER, number, 0)


def test_chinese_names_and_keywords() -> None:
    tokens = tokenize("if 费用占比 then x_1")
    assert [token.kind for token in tokens[:4]] == [
        TokenKind.KEYWORD,
        TokenKind.NAME,
        TokenKind.KEYWORD,
        TokenKind.NAME,
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"a\"b"', 'a"b'),
        (r'"a\\n"', r"a\n"),
        (r'"\t\n\r"', "\t\n\r"),
        (r'"\u4e2d\U01F600"', "中😀"),
        (r'"\uD83D\uDE00"', "😀"),
        (r'"\uD83D"', "\ufffd"),
        (r'"\d"', r"\d"),
        ('"第一行\n第二行"', "第一行\n第二行"),
    ],
)
def test_strings_resolve_their_escapes(written: str, value: str) -> None:
    assert tokenize(written)[0] == Token(TokenKind.STRING, value, 0)


def test_comments_are_skipped() -> None:
    assert words("1 // one\n + /* two * / */ 2") == ["1", "+", "2"]


@pytest.mark.parametrize(
    ("text", "at", "hint"),
    [
        ("a = “x”", 4, '英文符号 "'),
        ("a，b", 1, "英文符号 ,"),
        ("a ≥ 1", 2, "英文符号 >="),
        ("１", 0, "英文符号 1"),
        ('"open', 0, "引号"),
        ('@"2026', 0, "引号"),
        ("1 /* open", 2, "注释"),
        ("a && b", 2, "and"),
        ("a || b", 2, "or"),
        ("a # b", 2, "不认识"),
        (r'"\UFFFFFF"', 0, "编码"),
    ],
)
def test_unreadable_text_is_refused_with_place_and_hint(text: str, at: int, hint: str) -> None:
    with pytest.raises(FeelSyntaxError, match=hint) as caught:
        tokenize(text)
    assert caught.value.at == at


def test_the_longest_text() -> None:
    tokenize(" " * MAX_TEXT)
    with pytest.raises(FeelSyntaxError, match="太长"):
        tokenize(" " * (MAX_TEXT + 1))
