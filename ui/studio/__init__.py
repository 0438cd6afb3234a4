"""设计: process owners draw, try out and publish procedures. Every module here hangs its views on the blueprint."""

import importlib
import pkgutil

from ui.studio.blueprint import blueprint

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["blueprint"]
