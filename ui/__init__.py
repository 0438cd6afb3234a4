"""The pages: a folder a room. `register` puts everything on the app; only doors know Flask."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Flask

from ui import access, context, csrf, errors, filters, headers, journal, web

HOME = Path(__file__).parent


def register(app: Flask) -> None:
    """Pages, static files, session, protection, error answers. Register other doors first.

    The app must have `extensions["guicheng"]` (the platform) and a secret key. Raises `ConfigurationError` when any
    endpoint of the app declares no permission.
    """
    app.template_folder = str(HOME / "templates")
    app.static_folder = str(HOME / "static")
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=app.send_static_file)
    app.json = web.Json(app)
    app.url_map.converters["id"] = web.IdConverter
    journal.register(app)
    headers.register(app)
    app.before_request(web.limit_body)
    access.register(app)
    csrf.register(app)
    errors.register(app)
    filters.register(app)
    context.register(app)
    for blueprint in rooms():
        app.register_blueprint(blueprint)
    access.check_endpoints(app)


def rooms() -> Iterator[Blueprint]:
    """The blueprint of every room: a package in this folder that has one."""
    for found in pkgutil.iter_modules([str(HOME)]):
        if found.ispkg:
            room = importlib.import_module(f"{__name__}.{found.name}")
            if hasattr(room, "blueprint"):
                yield room.blueprint


__all__ = ["register"]
