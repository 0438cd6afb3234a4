"""Whatever is sent, the answer is a dict or `InvalidForm`; whatever file comes, a form or `FormRefused`."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Finding
from engine.forms import Form, FormRefused, InvalidForm, Option
from engine.forms.carried import PROPERTIES
from tests.engine.forms.building import TODAY, field, make

COLOURS = [{"label": "红", "value": "red"}, {"label": "一", "value": 1}, {"label": "是", "value": True}]
OPTIONS = {"projects": [Option("XM-1", "平台二期"), Option("XM-2", "大屏二期")]}


def _all_kinds() -> list[dict[str, Any]]:
    return [
        field(key="title", validate={"required": True, "minLength": 2, "pattern": "^[^<]*$"}),
        field("textarea", key="why", conditional={"hide": "=cost > 10"}),
        field("number", key="cost", decimalDigits=2, increment=0.5, validate={"min": "=-reserve", "max": 100}),
        field("number", key="reserve"),
        field("select", key="project", valuesKey="projects", properties={"source": "projects"}),
        field("radio", key="colour", values=COLOURS),
        field("checkbox", key="sure", conditional={"hide": '=colour = "red"'}),
        field("checklist", key="colours", values=COLOURS, readonly="=sure"),
        field("taglist", key="tags", values=COLOURS),
        field("datetime", key="day", disallowPassedDates=True, properties={"notAfter": "=moment"}),
        field("datetime", key="moment", subtype="datetime"),
        field("datetime", key="clock", subtype="time"),
        field(key="mail", validate={"validationType": "email"}),
        {"type": "expression", "key": "total", "expression": "=cost + reserve + sum(for r in rows return r.cost)"},
    ]


FORM = make(
    *_all_kinds(),
    {"type": "group", "path": "group", "label": "组", "components": _all_kinds()[:3]},
    {
        "type": "dynamiclist",
        "path": "rows",
        "label": "行",
        "components": [field("number", key="cost"), field(key="why", conditional={"hide": "=this.cost < i[1]"})],
    },
)
KEYS = ["title", "why", "cost", "reserve", "project", "colour", "sure", "colours", "tags", "day", "moment", "clock"]
KEYS += ["mail", "total", "group", "rows"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["XM-1", "red", 1, "2026-12-01", "2026-12-01T09:30", "09:30", "86.40", 10**400, "a@b.cn"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
known = st.dictionaries(st.sampled_from(KEYS), anything, max_size=16)
rows = st.lists(st.dictionaries(st.sampled_from(["cost", "why", "zz"]), anything, max_size=3) | anything, max_size=4)
group = st.dictionaries(st.sampled_from(["title", "why", "cost"]), anything, max_size=3)
filled = st.builds(lambda base, r, g: {**base, "rows": r, "group": g}, known, rows, group)


def checked(form: Form, data: Any, context: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """The values, or the complaints; any other exception is a failure of the test."""
    try:
        return form.validate(data, OPTIONS, TODAY, context), {}
    except InvalidForm as refused:
        return None, refused.errors


def parsed(file: bytes) -> tuple[Form | None, tuple[Finding, ...]]:
    """The form, or the findings."""
    try:
        return Form.parse(file), ()
    except FormRefused as refused:
        return None, refused.findings


@given(anything | known | filled, st.dictionaries(st.sampled_from(["i", "cost", "reserve"]), anything, max_size=2))
def test_any_input_ends_in_a_dict_or_invalid_form(data: Any, context: dict[str, Any]) -> None:
    values, complaints = checked(FORM, data, context)
    if values is None:
        assert complaints
        assert all(isinstance(key, str) and isinstance(text, str) and text for key, text in complaints.items())
        json.dumps(complaints, ensure_ascii=False).encode("utf-8")
        assert all(FORM.label_of(key) for key in complaints if key)
    else:
        assert values.keys() <= set(KEYS)
        assert FORM.present(values, OPTIONS)


@given(anything.filter(lambda one: isinstance(one, dict)) | known | filled)
def test_anything_can_be_read_aloud(data: dict[str, Any]) -> None:
    for label, text in FORM.present(data, OPTIONS):
        assert label
        assert isinstance(text, str)


money = st.decimals(min_value=-50, max_value=50, places=0).map(lambda d: d / 2)


@given(
    title=st.text(alphabet="变更申请标题abc", min_size=2, max_size=50),
    cost=money.filter(lambda d: -40 <= d <= 10),
    project=st.sampled_from(["XM-1", "XM-2"]),
    day=st.dates(min_value=TODAY, max_value=date(2199, 12, 31)),
    costs=st.lists(st.integers(0, 1000), max_size=5),
)
def test_good_input_comes_back_typed(title: str, cost: Decimal, project: str, day: date, costs: list[int]) -> None:
    data = {
        "title": title,
        "why": "理由",
        "cost": float(cost),
        "reserve": 40,
        "project": project,
        "day": day.isoformat(),
        "rows": [{"cost": one} for one in costs],
        "group": {"title": title, "cost": None},
    }
    values = FORM.validate(data, OPTIONS, TODAY)
    assert (values["title"], values["cost"], values["project"], values["day"]) == (title, cost, project, day)
    assert [row["cost"] for row in values["rows"]] == costs


property_names = st.sampled_from([*sorted(set().union(*PROPERTIES.values())), "onclick"])
rules = st.dictionaries(st.sampled_from(["required", "min", "max", "pattern", "maxLength", "hide", "source"]), anything)
components = st.recursive(
    st.builds(
        lambda kind, key, more: {"type": kind, "key": key, "label": "内容", **more},
        st.sampled_from([*PROPERTIES, "html"]) | anything,
        st.sampled_from(["a", "b", "x y", 5]),
        st.dictionaries(property_names, anything | rules, max_size=4),
    ),
    lambda inner: st.builds(
        lambda kind, path, children: {"type": kind, "path": path, "label": "组", "components": children},
        st.sampled_from(["group", "dynamiclist"]),
        st.sampled_from(["g", "l", "", None]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
)


@given(st.lists(components | anything, max_size=4), known)
def test_any_file_ends_in_a_form_or_its_findings(parts: list[Any], data: dict[str, Any]) -> None:
    file = json.dumps({"type": "default", "id": "f", "components": parts}).encode()
    form, findings = parsed(file)
    if form is None:
        assert findings
        assert all(finding.message for finding in findings)
        return
    form.defaults()
    assert json.dumps(form.schema)
    values, complaints = checked(form, data, {})
    assert complaints or form.present(values or {}, OPTIONS) is not None


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_kindly(data: bytes) -> None:
    form, findings = parsed(data)
    assert form or findings
