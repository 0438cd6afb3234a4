"""Signing in and out, a person's own settings, and the person switcher of the demo."""

from ui.auth import views
from ui.auth.blueprint import blueprint

__all__ = ["blueprint", "views"]
