"""Small forms for the tests."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from engine.forms import Form, FormRefused, InvalidForm, Option

TODAY = date(2026, 11, 6)


def source(*components: Any, **root: Any) -> bytes:
    """A form file with these components."""
    return json.dumps({"type": "default", "id": "test", "components": list(components), **root}).encode()


def field(kind: str = "textfield", key: str = "x", label: str = "内容", **more: Any) -> dict[str, Any]:
    """One component; `validate` and the like as keywords."""
    return {"type": kind, "key": key, "label": label, **more}


def make(*components: Any) -> Form:
    """A form of these components."""
    return Form.parse(source(*components))


def refusals(data: bytes) -> list[tuple[str, str, str, str]]:
    """(code, element id, label, sentence) of each finding; the file must be refused."""
    with pytest.raises(FormRefused) as refused:
        Form.parse(data)
    return [(f.code, f.element_id, f.element_name, f.message) for f in refused.value.findings]


def errors(form: Form, data: Any, options: Any = None, context: Any = None) -> dict[str, str]:
    """The sentences by key; the data must be refused."""
    with pytest.raises(InvalidForm) as invalid:
        form.validate(data, options or {}, TODAY, context or {})
    return invalid.value.errors


def value(component: dict[str, Any], given: Any, options: list[Option] | None = None) -> Any:
    """What one field named x makes of a value."""
    form = make(component)
    return form.validate({"x": given}, {name: options or [] for name in form.sources}, TODAY)["x"]


def complaint(component: dict[str, Any], given: Any, options: list[Option] | None = None) -> str:
    """What one field named x says about a value."""
    form = make(component)
    return errors(form, {"x": given}, {name: options or [] for name in form.sources})["x"]
