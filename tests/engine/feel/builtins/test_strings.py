"""String functions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('string length("")', 0),
        ('string length("规程a")', 3),
        ('string length("😀")', 1),
        ("string length(1)", None),
        ("string length(null)", None),
        ('upper case("aBc中")', "ABC中"),
        ('upper case("")', ""),
        ("upper case(1)", None),
        ('lower case("aBC")', "abc"),
        ('lower case("")', ""),
        ("lower case(null)", None),
        ('contains("平台管理部", "管理")', True),
        ('contains("abc", "d")', False),
        ('contains("abc", "")', True),
        ('contains(null, "a")', None),
        ('contains("1", 1)', None),
        ('starts with("BG-2026", "BG")', True),
        ('starts with("BG", "G")', False),
        ("starts with(1, 1)", None),
        ('ends with("BG-2026", "26")', True),
        ('ends with("BG", "B")', False),
        ('ends with("BG", null)', None),
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('substring("foobar", 1, 99)', "foobar"),
        ('substring("foobar", 0)', None),
        ('substring("foobar", 7)', ""),
        ('substring("foobar", 8)', None),
        ('substring("foobar", -7)', None),
        ('substring("foobar", 1, 0)', None),
        ('substring("foobar", 2.5)', "oobar"),
        ('substring("foobar", 3, 3.8)', "oba"),
        ('substring("foobar", 0.5)', None),
        ('substring("foobar", 1e6000)', None),
        ('substring("😀a", 2)', "a"),
        ("string(null)", None),
        ("string(1.10)", "1.1"),
        ('string("a")', "a"),
        ("string([1, null])", "[1, null]"),
        ('string join(["a", "b"])', "ab"),
        ('string join(["a", null, "b"], "、")', "a、b"),
        ('string join([], "、")', ""),
        ('string join("a", "、")', "a"),
        ('string join(["a", 1], "、")', None),
        ("string join(null)", None),
        ('string join(["a", "b"], null)', "ab"),
        ('substring before("foobar", "bar")', "foo"),
        ('substring before("foobar", "xyz")', ""),
        ('substring before("foobar", "o")', "f"),
        ('substring before("foobar", "")', ""),
        ('substring before("", "a")', ""),
        ('substring before(null, "a")', None),
        ('substring after("foobar", "ob")', "ar"),
        ('substring after("", "a")', ""),
        ('substring after("foobar", "xyz")', ""),
        ('substring after("foobar", "o")', "obar"),
        ('substring after("foobar", "")', "foobar"),
        ('substring after("foobar", 1)', None),
        ('trim("  规程 a ")', "规程 a"),
        ('trim("\\t\\n")', ""),
        ('trim("")', ""),
        ("trim(1)", None),
        ('split("a,b;c", "[,;]")', ["a", "b", "c"]),
        ('split("a", ",")', ["a"]),
        ('split("", ",")', [""]),
        ('split(",a,", ",")', ["", "a", ""]),
        ('split("abc", "")', ["abc"]),
        ('split("a", "(")', None),
        ('split(1, ",")', None),
    ],
)
def test_strings(text: str, value: Any) -> None:
    assert feel(text) == value


@given(text=st.text(), match=st.text(max_size=3))
def test_searching_agrees_with_python(text: str, match: str) -> None:
    assert feel("contains(t, m)", t=text, m=match) is (match in text)
    assert feel("starts with(t, m)", t=text, m=match) is text.startswith(match)
    assert feel("ends with(t, m)", t=text, m=match) is text.endswith(match)
    assert feel("string length(t)", t=text) == len(text)


@given(parts=st.lists(st.text(alphabet="ab规", max_size=5), min_size=1))
def test_split_undoes_join(parts: list[str]) -> None:
    assert feel('split(string join(p, ","), ",")', p=parts) == parts
