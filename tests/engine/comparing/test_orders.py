"""What stands elsewhere in a second order, and both orders read as one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.comparing.orders import Matched, merged_order, strays

WORDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def test_as_few_as_possible_have_moved() -> None:
    assert strays(list("abcde"), list("eabcd")) == {"e"}
    assert strays(list("abc"), list("xaybzc")) == set()


@given(WORDS, WORDS)
def test_the_same_have_moved_in_both_directions(one: list[str], other: list[str]) -> None:
    assert strays(one, other) == strays(other, one)
    assert strays(one, one) == set()


def test_what_is_gone_stands_behind_what_it_followed() -> None:
    assert merged_order(list("xaby"), list("ban")) == list("xbyan")


@given(WORDS, WORDS)
def test_one_list_holds_each_once(one: list[str], other: list[str]) -> None:
    merged = merged_order(one, other)
    assert sorted(merged) == sorted({*one, *other})
    assert [name for name in merged if name in other] == other


def test_the_first_look_that_both_have_decides() -> None:
    matched = Matched(["a1", "b2", "c3"], ["b9", "a1", "x3"], lambda one: one, lambda one: one[0], lambda one: one[1])
    assert [matched.both(name) for name in matched.order] == [("b2", "b9"), ("a1", "a1"), ("c3", "x3")]
