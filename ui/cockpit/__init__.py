"""The managers' pages: how everything runs, every case, every procedure."""

from ui.cockpit import views, wording
from ui.cockpit.blueprint import blueprint

__all__ = ["blueprint", "views", "wording"]
