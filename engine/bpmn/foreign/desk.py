"""What all translations share: the findings so far, the names that differ, and the one way from JUEL to FEEL."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element as Element

from engine.bpmn.foreign.juel import NotTranslatable, feel_of_juel, is_juel
from engine.bpmn.gate.diagram import finding, label
from engine.bpmn.gate.expressions import owner_of
from engine.bpmn.names import bpmn, camunda
from engine.errors import Finding
from engine.i18n import _

NEEDS_JAVA = "needs_java"
UNSAYABLE = "foreign_expression"


class Desk:
    """`prefix` is how the file calls the other tool's words in findings, `names` which variables are called otherwise
    here (`starter` of `camunda:initiator="starter"` is `case.starter`)."""

    def __init__(self, prefix: str, names: Mapping[str, str]) -> None:
        self.prefix = prefix
        self.names = names
        self.findings: list[Finding] = []

    def shown(self, name: str) -> str:
        """`flowable:assignee`, as the file has it."""
        return f"{self.prefix}:{name}"

    def refuse(self, element: Element, code: str, message: str) -> None:
        """A finding about the element that a person knows this part by."""
        self.findings.append(finding(owner_of(element), code, message))

    def needs_java(self, element: Element, what: str, advice: str) -> None:
        """What only Java could run."""
        message = _(
            "{it}的 {what} 要运行 Java，这里不运行；{advice}。", it=label(owner_of(element)), what=what, advice=advice
        )
        self.refuse(element, NEEDS_JAVA, message)

    def feel(self, element: Element, place: str, text: str, condition: bool = False) -> str:
        """The text with FEEL after "=" where it was JUEL; any other text as it is. What cannot be translated becomes
        "= null" beside its finding, so that it is complained about once."""
        if not is_juel(text):
            return text
        try:
            return "= " + feel_of_juel(text, self.names, condition)
        except NotTranslatable as error:
            shown = text.strip() if len(text) <= 80 else text.strip()[:80] + "…"
            message = _(
                "{it}的 {place} {text} 不能运行：{reason}。",
                it=label(owner_of(element)),
                place=place,
                text=shown,
                reason=error.reason,
            )
            self.refuse(element, NEEDS_JAVA if error.java else UNSAYABLE, message)
            return "= null"

    def fixed(self, element: Element, name: str) -> None:
        """Refuse one of Camunda's attributes that is worked out where a fixed text is needed."""
        if is_juel(element.get(camunda(name))):
            message = _(
                "{it}的 {name} 由表达式决定（{text}），这里要写定；请改成固定的文字。",
                it=label(element),
                name=self.shown(name),
                text=taken(element, name)[:80],
            )
            self.refuse(element, UNSAYABLE, message)

    def attribute(self, element: Element, name: str) -> None:
        """Translate the text of one of Camunda's attributes where it stands."""
        text = element.get(camunda(name))
        if is_juel(text):
            element.set(camunda(name), self.feel(element, self.shown(name), text or ""))


def taken(element: Element, name: str) -> str:
    """The value of one of Camunda's attributes, which is removed; "" without one."""
    return str(element.attrib.pop(camunda(name), "")).strip()


def extension_box(element: Element) -> Element:
    """The extension elements of a BPMN element, made where there are none, behind its documentation."""
    box = element.find(bpmn("extensionElements"))
    if box is None:
        box = element.makeelement(bpmn("extensionElements"), {}, None)
        element.insert(len(element.findall(bpmn("documentation"))), box)
    return box


def extension(element: Element, tag: str) -> Element | None:
    """An extension element of this tag."""
    return element.find(f"{bpmn('extensionElements')}/{tag}")


def add(box: Element, tag: str, attributes: Mapping[str, str]) -> Element:
    """A new last child."""
    made = box.makeelement(tag, dict(attributes), None)
    box.append(made)
    return made
