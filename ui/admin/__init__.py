"""The administrators' pages: what does not go on by itself."""

from ui.admin import cases, views
from ui.admin.blueprint import blueprint

__all__ = ["blueprint", "cases", "views"]
