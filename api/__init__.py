"""The door for machines. So far it has the health checks. `register` puts everything on the app."""

from flask import Flask

from api.health import blueprint


def register(app: Flask) -> None:
    """Hang the resources on the app; `extensions["guicheng"]` must hold the platform before the first request."""
    app.register_blueprint(blueprint)


__all__ = ["register"]
