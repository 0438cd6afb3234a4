"""The fields of a procedure's forms by the variable that they fill, for sentences about who decides what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.deployments import Deployed
from engine.queries.order import in_order

_BRACKETS = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")


@dataclass(frozen=True)
class FieldName:
    """A field: what it is called, and the step in whose form it stands first."""

    label: str
    step: str


def field_names(deployed: Deployed) -> dict[str, FieldName]:
    """Every field of every form, by its key."""
    found: dict[str, FieldName] = {}
    for placed in in_order(deployed.process):
        form = deployed.forms.get(placed.node.form or "")
        for field in form.fields if form else ():
            found.setdefault(field.key, FieldName(_BRACKETS.sub("", field.label), placed.node.name))
    return found
