"""Sample values: what they are like, and that the form itself takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidForm
from engine.forms import Form, Option
from tests.engine.forms.building import TODAY, field, make

ROOT = Path(__file__).parents[3]
FORMS = sorted((ROOT / "forms").glob("*/*.json"))
LISTS = {name: [Option("a", "甲"), Option("b", "乙")] for name in ("projects", "departments", "experts", "people")}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_form_of_ours_takes_its_own_sample(path: Path) -> None:
    form = Form.parse(path.read_bytes())
    options = {source: LISTS.get(source, [Option("a", "甲")]) for source in form.sources}
    sample = {**form.defaults(), **form.sample(options, TODAY)}
    from_the_case = {field.key for field in form.fields if field.offer is not None}  # choices that a form alone has not
    refused: dict[str, str] = {}
    try:
        form.validate(sample, options, TODAY)
    except InvalidForm as error:
        refused = dict(error.errors)
    assert {place.rpartition(".")[2] for place in refused} <= from_the_case, refused


def test_texts_keep_their_lengths_and_shapes() -> None:
    form = make(
        field(key="short", validate={"maxLength": 3}),
        field("textarea", key="long", validate={"minLength": 60}),
        field(key="phone", validate={"pattern": r"^1[3-9]\d{9}$"}),
        field(key="mail", validate={"validationType": "email"}),
    )
    sample = form.sample(today=TODAY)
    assert len(sample["short"]) <= 3
    assert len(sample["long"]) >= 60
    assert sample["phone"] == "13800000000"
    assert "@" in sample["mail"]


def test_numbers_dates_and_choices_keep_their_limits() -> None:
    form = make(
        field("number", key="large", validate={"min": 5000, "max": 6000}),
        field("number", key="stepped", increment="0.25", decimalDigits=2, validate={"min": 200}),
        field("datetime", key="day", dateLabel="日期", properties={"notBefore": "2030-01-01"}),
        field("datetime", key="moment", subtype="datetime", dateLabel="何时"),
        field("select", key="one", values=[{"label": "甲", "value": "a"}]),
        field("checklist", key="several", values=[{"label": x, "value": x} for x in "甲乙丙"]),
        field("checkbox", key="sure"),
    )
    sample = form.sample(today=TODAY)
    assert sample["large"] == 5000
    assert sample["stepped"] % 0.25 == 0
    assert sample["day"] == "2030-01-01"
    assert sample["moment"] == "2026-11-20T09:30"
    assert (sample["one"], sample["several"], sample["sure"]) == ("a", ["甲", "乙"], True)
    form.validate(sample, today=TODAY)


def test_groups_and_lists_are_filled_inside() -> None:
    inner = {"components": [field(key="name")]}
    form = make(
        {"type": "group", "path": "g", "label": "组", **inner},
        {"type": "dynamiclist", "path": "rows", "label": "行", "properties": {"minItems": "2"}, **inner},
    )
    sample = form.sample(today=TODAY)
    assert sample["g"]["name"]
    assert [bool(row["name"]) for row in sample["rows"]] == [True, True]


def test_what_no_idea_fits_stays_empty() -> None:
    form = make(
        field(key="odd", validate={"pattern": "^§{7}$"}), {"type": "expression", "key": "total", "expression": "=1+1"}
    )
    assert form.sample(today=TODAY) == {}
