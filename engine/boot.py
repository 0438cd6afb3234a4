"""Build the platform from settings. The web app, the command line and the tests all start here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from engine import migrate, regulation
from engine.clock import Clock, SystemClock
from engine.config import Settings
from engine.db import Database
from engine.errors import ConfigurationError
from engine.i18n import _
from engine.models import Installation
from engine.platform import Handler, Platform

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: `workflows/`, `forms/` and `handlers/` lie here."""


def open_platform(settings: Settings, clock: Clock | None = None) -> Platform:
    """The platform on a database brought up to date; `ConfigurationError` in words when it cannot be reached
    or the regulation cannot be read."""
    regulation.chapters()  # a mistake in its file stops the start, not the first page that asks
    database = Database(settings.database_url)
    try:
        migrate.upgrade(database)
        database.analyze()
        with database.read() as session:
            mode = session.scalar(select(Installation.mode))
    except (OperationalError, ProgrammingError) as error:
        shown = database.url.render_as_string(hide_password=True)
        raise ConfigurationError(
            _("连不上数据库 {url}。请检查 DATABASE_URL 和数据库是否已启动。（{cause}）", url=shown, cause=error.orig)
        ) from error
    return Platform(settings, database, load_handlers(), clock or SystemClock(), mode=mode or "")


def start_again(platform: Platform) -> Platform:
    """An empty database in place of a demo whose making was interrupted."""
    migrate.reset(platform.database)
    platform.database.dispose()
    return open_platform(platform.settings, platform.clock)


def load_handlers() -> dict[str, Handler]:
    """Every public function of `handlers/*.py` by its topic, such as `change_approval.update_baseline`."""
    package = importlib.import_module("handlers")
    found: dict[str, Handler] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg:
            continue
        module = importlib.import_module(f"handlers.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                found[f"{info.name}.{name}"] = function
    return found
