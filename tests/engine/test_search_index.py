"""Grams: what a text can be found by, and what a query asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.search_index import LONGEST_QUERY, grams, query_grams


def test_pairs_and_single_characters() -> None:
    assert grams("机房扩容") == {"机", "房", "扩", "容", "机房", "房扩", "扩容"}


def test_texts_do_not_run_into_each_other() -> None:
    assert "容李" not in grams("机房扩容", "李敏")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("3 号机房", "3号机房"),
        ("3号机房", "3 号 机房"),
        ("UPS 电池", "ups"),
        ("UPS 电池", "ＵＰＳ电池"),
        ("李敏（信息中心）", "李敏"),
        ("《平台运行维护管理制度》修订", "制度"),
        ("BG-2026-0001", "bg-2026-0001"),
        ("è", "È"),
    ],
)
def test_finds(text: str, query: str) -> None:
    assert query_grams(query)
    assert query_grams(query) <= grams(text)


@pytest.mark.parametrize("query", ["", "  ", "，。（）", "-_-"])
def test_punctuation_alone_asks_for_nothing(query: str) -> None:
    assert query_grams(query) == set()


@given(st.text("aB9Ｕ２机房扩容（），·- ", max_size=80), st.integers(0, 79), st.integers(0, 40))
def test_every_piece_of_a_text_finds_it(text: str, start: int, length: int) -> None:
    assert query_grams(text[start : start + length]) <= grams(text)


@given(st.text(max_size=200))
def test_grams_fit_their_column_and_queries_stay_small(text: str) -> None:
    assert all(1 <= len(gram) <= 4 for gram in grams(text))
    assert len(query_grams("机" * 1000)) == 1
    assert len(query_grams("".join(chr(0x4E00 + n) for n in range(1000)))) == LONGEST_QUERY - 1
