"""all, any, is defined (not: see test_logic of the language)."""

from __future__ import annotations

import pytest

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("arguments", "every", "some"),
    [
        ("[]", True, False),
        ("[true, true]", True, True),
        ("[true, false]", False, True),
        ("[false, false]", False, False),
        ("[true, null]", None, True),
        ("[false, null]", False, None),
        ("[null]", None, None),
        ("true, false", False, True),
        ("true", True, True),
        ("null", None, None),
        ("[1, true]", None, True),
        ('["false"]', None, None),
    ],
)
def test_all_and_any(arguments: str, every: bool | None, some: bool | None) -> None:
    assert feel(f"all({arguments})") is every
    assert feel(f"any({arguments})") is some


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("x", True),
        ("missing", False),
        ("c.a", True),
        ("c.b", False),
        ("null", False),
        ("false", True),
        ("c.none", False),
    ],
)
def test_is_defined_means_has_a_value(text: str, defined: bool) -> None:
    assert feel(f"is defined({text})", x=0, c={"a": "", "none": None}) is defined
