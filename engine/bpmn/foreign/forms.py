"""Form keys → `camunda:formRef`: the name of a form of this procedure."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from engine.bpmn.foreign.desk import UNSAYABLE, Desk, taken
from engine.bpmn.foreign.juel import is_juel
from engine.bpmn.gate.diagram import label
from engine.bpmn.names import camunda
from engine.i18n import _


def translate_form(element: Element, desk: Desk) -> None:
    """Of a user task or start event. With a form reference beside it the key stays, and the gate refuses it."""
    for name in ("formKey", "formRef"):
        if is_juel(element.get(camunda(name))):
            del element.attrib[camunda(name)]
            message = _(
                "{it}的表单由表达式决定（{name}），这里要写定；请选择一个表单。",
                it=label(element),
                name=desk.shown(name),
            )
            desk.refuse(element, UNSAYABLE, message)
    if element.get(camunda("formRef")) is None:
        key = taken(element, "formKey")
        if key:
            element.set(camunda("formRef"), form_name(key))


def form_name(key: str) -> str:
    """`embedded:app:forms/Review-Invoice.html`, `camunda-forms:deployment:review.form` → `review_invoice`, `review`:
    the file's name as forms are called here."""
    last = re.split(r"[:/]", key.strip())[-1]
    name = re.sub(r"\.(html?|form|json|xhtml|jsp|jsf)$", "", last, flags=re.IGNORECASE)
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).strip("_").lower() or last
