"""What every template may use: the viewer, his counts, theme, language, the token, built assets, the time."""

from __future__ import annotations

import gettext
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from flask import Flask, g, request

import engine.i18n
from engine import regulation
from engine.i18n import _, language
from engine.permissions import Permission
from engine.queries.workbench import frame_counts
from ui.access import platform
from ui.assets import asset
from ui.csrf import csrf_token

NAMES = {"zh": "中文", "en": "English"}


class LazyCounts:
    """The numbers of the side bar, asked for only by pages that show the frame."""

    @cached_property
    def _counts(self) -> Any:
        return frame_counts(platform(), g.actor)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._counts, name)


@cache
def languages() -> list[tuple[str, str]]:
    """The languages there are words for: (code, its own name). Chinese is the source and always there."""
    folder = str(Path(engine.i18n.__file__).parent / "translations")
    return [
        (code, NAMES[code])
        for code in engine.i18n.LANGUAGES
        if code == "zh" or gettext.find("messages", folder, [code])
    ]


def can(permission: str) -> bool:
    """Whether the viewer holds the permission, by its value: `can("see_all_cases")`."""
    return g.actor is not None and g.actor.can(Permission(permission))


def values() -> dict[str, Any]:
    """The context of every page."""
    actor = getattr(g, "actor", None)
    return {
        "viewer": actor,
        "counts": LazyCounts() if actor else None,
        "theme": actor.theme if actor else "auto",
        "single_keys": actor.single_keys if actor else True,
        "lang": "en" if language() == "en" else "zh-CN",
        "now": platform().clock.now(),
        "demo": platform().mode == "demo",
        "here": request.full_path.rstrip("?"),
    }


def register(app: Flask) -> None:
    """Give them to the templates, macros included."""
    app.jinja_env.globals.update(_=_, csrf_token=csrf_token, asset=asset, can=can, clause_of=regulation.clause)
    app.context_processor(values)
