"""DMN models for tests: several decisions, knowledge and types in one file."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from engine.feel.dmn import Decision, check_decisions, parse_decisions
from tests.engine.feel.dmn.building import DMN_1_3


def model(*parts: str, namespace: str = "urn:test") -> bytes:
    """A file of these elements."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="{DMN_1_3}" id="file" name="文件" '
        f'namespace="{namespace}">{"".join(parts)}</definitions>'
    ).encode()


def literal(text: str) -> str:
    """A literal expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def decision(identity: str, logic: str, *requires: str, type_name: str = "") -> str:
    """A decision, called as its id; `requires` are complete requirement elements."""
    variable = f'<variable name="{identity}" typeRef="{type_name}"/>' if type_name else ""
    return f'<decision id="{identity}" name="{identity}">{variable}{"".join(requires)}{logic}</decision>'


def needs(*references: str) -> str:
    """Requirements of decisions, `in:` of inputs, `fn:` of knowledge."""
    made = ""
    for reference in references:
        kind, name = (reference[:2], reference[3:]) if reference[:3] in ("in:", "fn:") else ("", reference)
        href = name if "#" in name else f"#{name}"
        if kind == "fn":
            made += f'<knowledgeRequirement><requiredKnowledge href="{href}"/></knowledgeRequirement>'
        else:
            part = "requiredInput" if kind == "in" else "requiredDecision"
            made += f'<informationRequirement><{part} href="{href}"/></informationRequirement>'
    return made


def given(identity: str, type_name: str = "") -> str:
    """An input."""
    return (
        f'<inputData id="{identity}" name="{identity}"><variable name="{identity}" typeRef="{type_name}"/></inputData>'
    )


def knowledge(identity: str, parameters: str, logic: str, *requires: str) -> str:
    """Business knowledge with parameters `a b`, each with an optional type `a:number`."""
    formal = "".join(
        f'<formalParameter name="{name}" typeRef="{kind}"/>'
        for name, _sign, kind in (one.partition(":") for one in parameters.split())
    )
    return (
        f'<businessKnowledgeModel id="{identity}" name="{identity}"><encapsulatedLogic>{formal}{logic}'
        f"</encapsulatedLogic>{''.join(requires)}</businessKnowledgeModel>"
    )


def one(xml: bytes, identity: str = "d", models: dict[str, bytes] | None = None) -> Decision:
    """One decision of a file."""
    return parse_decisions(xml, models or {})[identity]


def answer(xml: bytes, context: dict[str, Any] | None = None, identity: str = "d") -> Any:
    """The value of a decision without a table."""
    return one(xml, identity).evaluate(context or {}).value


def problems(xml: bytes, models: dict[str, bytes] | None = None) -> list[str]:
    """What is wrong with a file, in sentences."""
    return [finding.message for finding in check_decisions(xml, models or {})]
