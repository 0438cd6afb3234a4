"""The managers' pages: how everything runs, every case, every procedure."""

from ui.cockpit import clauses, views, wording
from ui.cockpit.blueprint import blueprint

__all__ = ["blueprint", "clauses", "views", "wording"]
