"""The pages: a folder a room. `register` puts everything on the app; only doors know Flask."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from ui import access, auth, cockpit, context, csrf, errors, filters, headers, web, workbench

HOME = Path(__file__).parent


def register(app: Flask) -> None:
    """Pages, static files, session, protection, error answers. Call `ui.access.check_endpoints` after the last door.

    The app must have `extensions["guicheng"]` (the platform) and a secret key before its first request.
    """
    app.template_folder = str(HOME / "templates")
    app.static_folder = str(HOME / "static")
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=app.send_static_file)
    app.url_map.converters["id"] = web.IdConverter
    app.config.setdefault("MAX_CONTENT_LENGTH", 2 * 1024 * 1024)  # uploads raise it for themselves
    app.config.setdefault("MAX_FORM_MEMORY_SIZE", 512 * 1024)
    headers.register(app)
    access.register(app)
    csrf.register(app)
    errors.register(app)
    filters.register(app)
    context.register(app)
    for room in (auth, workbench, cockpit):
        app.register_blueprint(room.blueprint)
    access.check_endpoints(app)


__all__ = ["register"]
