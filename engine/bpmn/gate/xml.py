"""Bytes to tree, with nothing in between that could be abused.

A first pass with expat stops at the first DOCTYPE (so no entity is ever declared, expanded or fetched, in any encoding)
and at the limits of depth and number of elements, before a tree exists. Only then lxml builds the tree.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from lxml import etree
from lxml.etree import _Element as Element

from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 500
MAX_EXPRESSIONS = 60_000
"""Characters of all expressions together: what they cost to read, a second at the worst, is known before it is paid."""

_EXPRESSIONS = frozenset(
    {"conditionExpression", "condition", "loopCondition", "completionCondition", "activationCondition", "script"}
    | {"loopCardinality", "transformation", "from", "timeDuration", "timeDate", "timeCycle"}
    | {"inputParameter", "outputParameter"}
)
_MARKS = ("${", "#{")


class _StopReading(Exception):
    """The first pass has seen enough."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read_xml(data: bytes) -> tuple[Element | None, list[Finding]]:
    """The root of a BPMN file, or the reason why it is not read at all."""
    try:
        _first_pass(data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            _on_doctype()  # seen by one of the two readers only
    except _StopReading as stop:
        return None, [Finding("standard", stop.code, "", "", stop.message)]
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, [Finding("standard", "not_xml", "", "", _not_xml(str(error)))]
    if root.tag != bpmn("definitions"):
        message = _("这不是 BPMN 2.0 文件：最外层应为 bpmn:definitions。请用流程设计器导出 BPMN 2.0 格式。")
        return None, [Finding("standard", "not_bpmn", "", "", message)]
    if _length_of_expressions(root) > MAX_EXPRESSIONS:
        message = _("全部表达式共超过 {n} 个字符，请精简，或拆成几个流程。", n=MAX_EXPRESSIONS)
        return None, [Finding("standard", "too_many_expressions", "", "", message)]
    return root, []


def _length_of_expressions(root: Element) -> int:
    """Characters of all texts that are read as expressions, of this house or of another."""
    length = 0
    for element in root.iter("*"):
        text = element.text
        if text is not None and (etree.QName(element).localname in _EXPRESSIONS or _is_expression(text)):
            length += len(text)
        length += sum(len(value) for value in map(str, element.attrib.values()) if _is_expression(value))
    return length


def _is_expression(text: str) -> bool:
    return text.lstrip()[:1] == "=" or any(mark in text for mark in _MARKS)


def _on_doctype(*_declaration: Any) -> None:
    """Stops at a document type: nothing that it declares is ever read."""
    raise _StopReading("doctype", _("文件含有 DOCTYPE 声明，可能不安全；请删除以 <!DOCTYPE 开头的声明后再试。"))


def _first_pass(data: bytes) -> None:
    if not data.strip():
        raise _StopReading("empty", _("文件是空的，请选择一个 BPMN 文件。"))
    if len(data) > MAX_BYTES:
        raise _StopReading("too_large", _("文件超过 {n} MB，请精简流程图或拆成几个流程。", n=MAX_BYTES // 1024 // 1024))
    depth = elements = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH:
            raise _StopReading("too_deep", _("嵌套超过 {n} 层，请减少子流程的层数。", n=MAX_DEPTH))
        if elements > MAX_ELEMENTS:
            raise _StopReading("too_many", _("元素超过 {n} 个，请拆成几个流程。", n=MAX_ELEMENTS))
        if len(attributes) > MAX_ATTRIBUTES:
            message = _("有元素的属性超过 {n} 个，请用流程设计器重新导出。", n=MAX_ATTRIBUTES)
            raise _StopReading("too_many_attributes", message)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1

    reader = expat.ParserCreate()
    reader.StartElementHandler = on_start
    reader.EndElementHandler = on_end
    reader.StartDoctypeDeclHandler = _on_doctype
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        raise _StopReading("not_xml", _not_xml(str(error))) from None
    except (LookupError, UnicodeError, ValueError):
        raise _StopReading("encoding", _("文件的编码不能识别，请另存为 UTF-8 后再试。")) from None


def _not_xml(reason: str) -> str:
    return _("文件不是完整的 XML，请重新导出；读取器的说明：{reason}。", reason=reason[:200])
