"""Which parts a drawing names."""

from __future__ import annotations

from engine.boot import ROOT
from engine.bpmn import references


def test_forms_and_tables_in_the_order_of_the_drawing() -> None:
    found = references((ROOT / "workflows/change_approval/change_approval.bpmn").read_bytes())
    assert found[0] == ("form", "application", "submit_change", "提出变更")
    assert ("decision", "grade") in {(one.kind, one.name) for one in found}


def test_what_cannot_be_read_names_nothing() -> None:
    assert references(b"<torn") == references(b"") == []
