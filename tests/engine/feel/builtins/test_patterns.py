"""Regular expressions of XPath: matches, replace, and split with patterns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('matches("foobar", "^fo*b")', True),
        ('matches("foobar", "^Fo*bar")', False),
        ('matches("foobar", "^Fo*bar", "i")', True),
        ('matches("foobar", "")', True),
        ('matches("a\\nb", "^b$")', False),
        ('matches("a\\nb", "^b$", "m")', True),
        ('matches("a\\nb", "a.b")', False),
        ('matches("a\\nb", "a.b", "s")', True),
        ('matches("helloworld", "hello world", "x")', True),
        ('matches("hello world", "hello[ ]world", "x")', True),
        ('matches("hello world", " hello[ ]WORLD ", "ix")', True),
        ('matches("a", "a", "p")', None),
        ('matches("a", "a", null)', True),
        ('matches("规程2", "^\\\\w+$")', True),
        ('matches("规 程", "^\\\\w+$")', False),
        ('matches("٣", "^\\\\d$")', True),
        ('matches("a-b", "^[\\\\w-]+$")', True),
        ('matches("a b", "^\\\\S+$")', False),
        ('matches("x.1", "^\\\\i\\\\c*$")', True),
        ('matches("1x", "^\\\\i\\\\c*$")', False),
        ('matches("Ä", "\\\\p{Lu}")', True),
        ('matches("ä", "\\\\P{Lu}")', True),
        ('matches("[(]", "[(\\\\[]+")', True),
        ('matches("b", "[a-z-[aeiou]]")', True),
        ('matches("e", "[a-z-[aeiou]]")', False),
        ('matches("e", "[a-z-[a-z-[e]]]")', True),
        ('matches("O", "[A-Z-[OI]]", "i")', False),
        ('matches("x", "[A-Z-[OI]]", "i")', True),
        ('matches("-", "[^a-z-[-]]")', False),
        ('matches("1", "[^a-z-[-]]")', True),
        ('matches("a", "[a-[a]]")', False),
        ('matches("]", "[\\\\[-\\\\]-[x]]")', True),
        ('matches("b", "[\\\\w-[a]]")', None),
        ('matches("b", "[z-a-[b]]")', None),
        ('matches("b", "[a-z-[b]")', None),
        ('matches("b", "[a-z-[b]c]")', None),
        ('matches("a", "[a-[b-[c-[d-[e]]]]]")', None),
        ('matches("审批", "^\\\\p{IsCJKUnifiedIdeographs}+$")', True),
        ('matches("审a", "^[\\\\p{IsCJKUnifiedIdeographs}a]+$")', True),
        ('matches("审", "^\\\\P{IsBasicLatin}$")', True),
        ('matches("a", "[\\\\P{IsBasicLatin}]")', False),
        ('matches("a", "\\\\p{IsNowhere}")', None),
        ('matches("a", "\\\\p{ IsBasicLatin}")', None),
        ('matches("a", "\\\\p{ Is Basic Latin}", "x")', True),
        ('matches("a b", "a\\\\ sb", "x")', True),
        ('matches("a b", "a\\\\[? [ ]b", "x")', True),
        ('matches("a\\u000Db", "a.b")', False),
        ('matches("a\\u000Db", "a.b", "s")', True),
        ('matches("a.b", "a[.]b")', True),
        ('matches("x", "[[:alpha:]]")', None),
        ('matches("x x", "\\\\bx")', None),
        ('matches("aa", "(a)\\\\1")', None),
        ('matches("a", "(?i)A")', None),
        ('matches("a", "(?:a)")', True),
        ('matches("a", "(?=a)")', None),
        ('matches("a", "[]a]")', None),
        ('matches("a", "a{")', None),
        ('matches("aaa", "^a{2,}$")', True),
        ('matches("a", "a{1001}")', None),
        ('matches("a", "(")', None),
        ('matches("a", "a**")', None),
        ('matches("a", "\\\\")', None),
        ('matches("a", "[a")', None),
        ('matches("a", "a]")', None),
        ('matches(null, "a")', None),
        ('matches("a", null)', None),
        ("matches(1, 1)", None),
        ('matches("a.c", "a.c", "q")', True),
        ('matches("abc", "a.c", "q")', False),
        ('matches("A.C", "a.c", "iq")', True),
        ('matches("a(c", "(", "q")', True),
        ('matches("ab", "a b", "qx")', False),
        ('replace("banana", "a", "o")', "bonono"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('replace("abracadabra", "bra", "*")', "a*cada*"),
        ('replace("abracadabra", "a.*a", "*")', "*"),
        ('replace("abracadabra", "a.*?a", "*")', "*c*bra"),
        ('replace("abracadabra", "a", "")', "brcdbr"),
        ('replace("abracadabra", "a(.)", "a$1$1")', "abbraccaddabbra"),
        ('replace("AAAA", "a+?", "b", "i")', "bbbb"),
        ('replace("a.b", "\\\\.", "\\\\\\\\")', "a\\b"),
        ('replace("5", "5", "\\\\$0")', "$0"),
        ('replace("5", "5", "<$0>")', "<5>"),
        ('replace("a", "a", "$1")', ""),
        ('replace("a", "a", "$")', None),
        ('replace("a", "a", "\\\\x")', None),
        ('replace("abc", ".*?", "x")', None),
        ('replace("abc", "x*", "-")', None),
        ('replace("abc", "(", "-")', None),
        ('replace("规程 规则", "规(.)", "$1规")', "程规 则规"),
        ('replace(null, "a", "b")', None),
        ('replace("a", "a", null)', None),
        ('split("John Doe", "\\\\s")', ["John", "Doe"]),
        ('split("a;b;c;;", ";")', ["a", "b", "c", "", ""]),
        ('split("规，程、则", "[，、]")', ["规", "程", "则"]),
        ('split("a1b22c", "\\\\d+")', ["a", "b", "c"]),
    ],
)
def test_patterns(text: str, value: Any) -> None:
    assert feel(text) == value


@given(text=st.text(alphabet="ab1 规.\n", max_size=12), part=st.text(alphabet="ab1规", min_size=1, max_size=2))
def test_a_pattern_of_plain_letters_is_searched_as_it_stands(text: str, part: str) -> None:
    assert feel("matches(t, p)", t=text, p=part) is (part in text)
    assert feel('replace(t, p, "<$0>")', t=text, p=part) == text.replace(part, f"<{part}>")
    assert feel("split(t, p)", t=text, p=part) == text.split(part)


@given(pattern=st.text(alphabet="ab[]()^-\\{}1,*+?|. $pdw", max_size=8), text=st.text(alphabet="ab1-", max_size=4))
def test_any_text_is_a_pattern_or_null(pattern: str, text: str) -> None:
    assert feel("matches(t, p)", t=text, p=pattern) in (True, False, None)


@given(texts=st.lists(st.characters(exclude_categories=["Cn", "Cs"]), min_size=1, max_size=30))
def test_a_class_and_its_capital_divide_the_characters(texts: list[str]) -> None:
    for letter in "dswic":
        for one in texts:
            inside = feel(rf'matches(t, "^\\{letter}$", "s")', t=one)
            assert inside is not feel(rf'matches(t, "^\\{letter.upper()}$", "s")', t=one)
            assert inside is feel(rf'matches(t, "^[\\{letter}]$", "s")', t=one)


def test_with_the_flag_q_what_replaces_is_taken_as_it_is() -> None:
    assert feel('replace("a.b.c", ".", "$1", "q")') == "a$1b$1c"
    assert feel(r'replace("a.b", ".", "\\", "q")') == r"a\b"
    assert feel('replace("a.b", "", "x", "q")') is None
