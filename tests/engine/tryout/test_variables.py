"""Values of a run as people read them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from engine.tryout.variables import LONGEST, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("同意", "同意"),
        (None, "—"),
        (Decimal("3.8"), "3.8"),
        (date(2027, 4, 5), "2027-04-05"),
        (time(17, 30), "17:30:00"),
        (["information", "data"], '["information","data"]'),
        ("长" * (LONGEST + 1), "长" * LONGEST + "…"),
    ],
)
def test_a_value_on_paper(value: Any, text: str) -> None:
    assert text_of(value) == text
