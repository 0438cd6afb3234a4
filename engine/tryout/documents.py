"""Documents and accounts in a try-out: what handlers would have issued, restricted or suspended is told, never done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from engine.clock import local
from engine.documents import Content
from engine.i18n import _
from engine.ports.documents import checked
from engine.tryout.effects import Effect
from engine.tryout.world import World, name_of


class Documents:
    """The documents port: what this run issues lives in it only; numbers count from 1 in each run."""

    def __init__(self, world: World, told: list[Effect]) -> None:
        self._world = world
        self._told = told
        self._drawn: dict[tuple[str, int], int] = {}
        self._in_force: dict[str, dict[str, Any]] = {}
        self.now = datetime.min.replace(tzinfo=UTC)
        self.issued: list[dict[str, Any]] = []

    def issue(
        self,
        kind: str,
        title: str,
        sections: Sequence[Mapping[str, Any]],
        *,
        number: bool = True,
        formats: Sequence[str] = ("docx", "pdf"),
        state: str = "archived",
    ) -> dict[str, Any]:
        """As the real port; the files are named, not written."""
        checked(kind, formats, state)
        drawn, year, n = None, local(self.now).year, len(self.issued) + 1
        if number:
            self._drawn[kind, year] = self._drawn.get((kind, year), 0) + 1
            drawn = f"{kind}-{year}-{self._drawn[kind, year]:04d}"
        former = self.in_force(kind) if state == "in_force" else None
        version = former["version"] + 1 if former else 1
        content = Content.of(title, drawn or "", version, self.now, "", sections)
        stem = " ".join(part for part in (drawn, content.title) if part)
        kept = [{"id": f"{n}.{f}", "document": n, "format": f, "name": f"{stem}.{f}", "size": 0} for f in formats]
        issued = {"id": n, "number": drawn, "title": content.title, "version": version, "files": kept}
        self.issued.append({**issued, "kind": kind, "sections": content.as_data()["sections"]})
        if state == "in_force":
            self._in_force[kind] = issued
        self._told.append(Effect(_("签发文书 {number}《{title}》", number=drawn or "", title=content.title)))
        return {key: issued[key] for key in ("id", "number", "version", "files")}

    def in_force(self, kind: str) -> dict[str, Any] | None:
        """As the real port."""
        found = self._in_force.get(kind) or self._world.document(kind)
        return dict(found) if found else None


class Accounts:
    """The accounts port: told, never done."""

    def __init__(self, world: World, told: list[Effect]) -> None:
        self._world = world
        self._told = told

    def restrict(self, account: str, reason: str, case: Mapping[str, Any] | None = None) -> None:
        """As the real port."""
        self._tell(_("限制 {who} 的权限", who=self._name(account)), reason)

    def lift(self, account: str, case: Mapping[str, Any] | None = None) -> None:
        """As the real port."""
        self._tell(_("解除对 {who} 的权限限制", who=self._name(account)))

    def suspend(self, account: str, reason: str, until: date | datetime | None = None) -> None:
        """As the real port."""
        self._tell(_("停用 {who} 的账号", who=self._name(account)), reason)

    def restore(self, account: str) -> None:
        """As the real port."""
        self._tell(_("恢复 {who} 的账号", who=self._name(account)))

    def _tell(self, text: str, detail: str = "") -> None:
        self._told.append(Effect(text, detail))

    def _name(self, account: str) -> str:
        if self._world.person(account) is None:
            raise ValueError(f"no such account: {account}")
        return name_of(self._world, account)
