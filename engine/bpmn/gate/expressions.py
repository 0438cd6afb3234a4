"""Every FEEL text of the diagram can be compiled."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.expressions import always_feel, feel_of
from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.palette import is_bpmn, local
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.errors import Finding
from engine.feel import FeelError, check_expression
from engine.i18n import _

_ALWAYS = tuple(
    map(
        bpmn,
        (
            "conditionExpression",
            "completionCondition",
            "activationCondition",
            "loopCondition",
            "loopCardinality",
            "condition",
            "script",
            "transformation",
            "from",
        ),
    )
)
_FEEL_NAMES = ("feel", "https://www.omg.org/spec/dmn/20191111/feel/")
_TEXTS = (
    bpmn("timeDuration"),
    bpmn("timeDate"),
    bpmn("timeCycle"),
    camunda("inputParameter"),
    camunda("outputParameter"),
)
_ATTRIBUTES = (
    guicheng("title"),
    guicheng("tag"),
    guicheng("availableWhen"),
    guicheng("outputElement"),
    camunda("collection"),
    camunda("priority"),
    guicheng("correlationKey"),
)
_NAMED = {bpmn("message"): "name", bpmn("signal"): "name", bpmn("callActivity"): "calledElement"}
_HANDED_OVER = (camunda("in"), camunda("out"))
_OUR_ATTRIBUTES = {
    guicheng("candidates"): ("value", "exclude"),
    guicheng("deadline"): ("due", "remind", "escalate"),
    guicheng("vote"): ("value", "veto"),
}


def check_expressions(diagram: Diagram) -> Iterator[Finding]:
    """One finding for each text that is no FEEL."""
    for element in with_extensions(diagram):
        if element.tag in _ALWAYS and element.get("language", "feel").lower() not in _FEEL_NAMES:
            owner = owner_of(element)
            message = _("{it}的表达式语言只能是 FEEL，请改用 FEEL 书写并删除 language。", it=label(owner))
            yield finding(owner, "bad_language", message)
        for text in texts_of(element):
            try:
                check_expression(text)
            except FeelError as error:
                owner = owner_of(element)
                message = _(
                    "{it}的表达式 {text} 有错误：{reason}；请改正。",
                    it=label(owner),
                    text=short(text),
                    reason=error.message,
                )
                yield finding(owner, "bad_expression", message)


def with_extensions(diagram: Diagram) -> Iterator[Element]:
    """The elements that are judged, and what their boxes for extensions hold."""
    for element in diagram.elements:
        yield element
        if local(element) == "extensionElements":
            yield from element.iterdescendants()


def texts_of(element: Element) -> Iterator[str]:
    """The FEEL texts that an element bears itself, without their "="."""
    if element.tag in _ALWAYS and (element.text or "").strip():
        yield always_feel(element.text or "")
    if element.tag in _TEXTS:
        yield from _marked(element.text)
    for attribute in _ATTRIBUTES:
        yield from _marked(element.get(attribute))
    if element.tag in _NAMED:
        yield from _marked(element.get(_NAMED[str(element.tag)]))
    if element.tag in _HANDED_OVER:
        source = element.get("sourceExpression", element.get("source"))
        yield from () if source is None or not source.strip() else (always_feel(source),)
    for attribute in _OUR_ATTRIBUTES.get(str(element.tag), ()):
        yield from _marked((element.get(attribute) or "").removeprefix("person:"))


def _marked(text: str | None) -> Iterator[str]:
    expression = feel_of(text or "")
    if expression is not None:
        yield expression


def owner_of(element: Element) -> Element:
    """The nearest element that a person knows: a node, a flow or the process."""
    at = element
    while not (
        is_bpmn(at) and at.get("id") and not local(at).endswith(("Definition", "Characteristics", "Expression"))
    ):
        parent = at.getparent()
        if parent is None:
            break
        at = parent
    return at
