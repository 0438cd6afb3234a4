"""Bytes → XML tree, for files that strangers send: UTF-8 only, no DOCTYPE, no entities, no network, at most 1 MiB."""

from __future__ import annotations

from lxml import etree

from engine.errors import Finding
from engine.i18n import _

MAX_BYTES = 1 << 20
# DMN 1.2 to 1.5; the tables of all four are written alike.
NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)


def read_definitions(xml: bytes) -> etree._Element | Finding:
    """The `definitions` element, or why there is none."""
    text = _decode(xml)
    if isinstance(text, Finding):
        return text
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return _finding("xml", _("不是完整的 XML 文件：第 {line} 行第 {column} 列有错误", line=line, column=column))
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        return _finding("namespace", _("不是 DMN 1.2–1.5 文件，请用 DMN 1.3 重新导出"))
    return root


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, "" if it is missing."""
    return element.get(name) or ""


def _decode(xml: bytes) -> str | Finding:
    if len(xml) > MAX_BYTES:
        return _finding("size", _("文件太大，最多 {n} KB", n=MAX_BYTES >> 10))
    try:
        text = xml.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _finding("encoding", _("文件不是 UTF-8 编码，请改用 UTF-8 保存"))
    # Before the parser sees it: entities in attributes are expanded whatever the parser is told.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return _finding("doctype", _("文件里不能有 DOCTYPE 或实体声明，请删除"))
    return text


def _finding(code: str, message: str) -> Finding:
    return Finding("standard", f"dmn-{code}", "", "", message)
