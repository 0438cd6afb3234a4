"""Forms are judged by what the browser makes of their expressions."""

from __future__ import annotations

from engine.hints import findings_on
from engine.hints.forms import form_hints
from engine.parts import Parts
from engine.variables import Sources
from tests.engine.forms.building import field, source


def parts(**forms: bytes) -> Parts:
    return Parts("demo", b"", forms, {})


def test_hints_name_the_form_and_stop_nothing() -> None:
    form = source(field(id="F1", conditional={"hide": "=trim(y) = null"}), field(key="y"))
    found = findings_on(parts(application=form), Sources({}, [], {}))
    assert [(one.kind, one.name, one.finding.level, one.finding.element_id) for one in found] == [
        ("form", "application", "hint", "F1")
    ]


def test_files_that_cannot_be_read_are_left_out() -> None:
    assert form_hints(parts(a=b"{", b=b"[]", c=b"\xff", d=b"[" * 100_000)) == []


def test_the_forms_of_the_house_have_none() -> None:
    form = source(field(conditional={"hide": '=y != "紧急"'}), field(key="y"))
    assert form_hints(parts(application=form)) == []
