"""The studio: process owners draw procedures, their forms and their tables, try them out and publish them."""

from ui.studio import context, pages
from ui.studio.blueprint import blueprint

__all__ = ["blueprint", "context", "pages"]
