"""我的: theme, language, single-key shortcuts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from engine.errors import Invalid
from engine.i18n import LANGUAGES, _
from engine.models import Person
from engine.permissions import Actor
from engine.platform import Platform

THEMES = ("auto", "light", "dark")


def set_preferences(
    platform: Platform,
    actor: Actor,
    theme: str | None = None,
    language: str | None = None,
    single_keys: bool | None = None,
) -> None:
    """Change what was given, leave the rest."""
    if (theme is not None and theme not in THEMES) or (language is not None and language not in LANGUAGES):
        raise Invalid(_("没有这个选项，请从列表中选择。"))
    given = {"theme": theme, "language": language, "single_keys": single_keys}
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if values:
        with platform.database.write() as session:
            statement = update(Person).where(Person.id == actor.id).values(**values)
            session.execute(statement.execution_options(synchronize_session=False))
