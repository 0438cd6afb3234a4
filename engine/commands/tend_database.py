"""Once a day: what the database wants to be told about itself."""

from __future__ import annotations

from engine.platform import Platform


def tend_database(platform: Platform) -> None:
    """Renew the figures by which SQLite chooses its indexes; changes no data."""
    platform.database.analyze()
