"""A document as PDF, set by Typst with the font of an installed package: Chinese is embedded and can be copied out,
whatever fonts the machine has."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from engine.documents.content import Content
from engine.jsondata import dump

_PAGE = Path(__file__).with_name("document.typ")
_FONTS = "pylopdf_fonts_zh_cn"


@cache
def _fonts() -> typst.Fonts:
    found = find_spec(_FONTS)
    assert found is not None
    assert found.origin is not None
    return typst.Fonts(include_system_fonts=False, font_paths=[str(Path(found.origin).parent)])


def pdf(content: Content) -> bytes:
    """The same content always gives the same bytes. What people wrote is data to the page, never markup."""
    told = dump(content.as_data()).decode()
    written = typst.compile(_PAGE, font_paths=_fonts(), sys_inputs={"content": told}, format="pdf")
    assert isinstance(written, bytes)
    return written
