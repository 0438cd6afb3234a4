"""Documents as files: what a document says (`Content`) becomes DOCX or PDF, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Callable

from engine.documents.content import Content, Section
from engine.documents.docx import docx
from engine.documents.pdf import pdf

FORMATS: dict[str, Callable[[Content], bytes]] = {"docx": docx, "pdf": pdf}
"""How each format is written."""

__all__ = ["FORMATS", "Content", "Section", "docx", "pdf"]
