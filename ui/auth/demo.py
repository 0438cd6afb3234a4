"""The demo's person switcher: who there is, who acts next on the case at hand, and where a switch lands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, g, request, url_for

from engine.errors import NotFound
from engine.permissions import Actor
from engine.queries import people
from engine.queries.cases import case_page
from ui import web
from ui.access import platform
from ui.auth.blueprint import blueprint

OWN_PAGES = ("/tasks/", "/cases/")
"""Pages that belong to a case: after a switch they may no longer be the person's to see."""


@dataclass(frozen=True)
class Switcher:
    """What the demo banner shows."""

    departments: list[tuple[str, list[Any]]]
    next_actors: list[Any]
    instance_id: int | None
    mine: Any = None  # the viewer's own next task of this case, if it is his turn
    mine_elsewhere: bool = False  # …and this is not that task's page
    shared: bool = False  # …and others may do it as well: it waits to be claimed


@blueprint.app_template_global("demo_switcher")
def switcher() -> Switcher:
    """All demo people by department, and who else acts next on the case of this page (nobody on other pages)."""
    instance_id = getattr(g, "instance_id", None)
    acting = people.next_actors(platform(), instance_id) if instance_id else []
    me = g.actor.account if g.actor else ""
    mine = next((one for one in acting if one.person.account == me), None)
    others = [one for one in acting if one.person.account != me]
    task_id = (request.view_args or {}).get("task_id")
    return Switcher(
        by_department(),
        others,
        instance_id,
        mine,
        mine_elsewhere=mine is not None and mine.task_id != task_id,
        shared=mine is not None and any(one.task_id == mine.task_id for one in others),
    )


def by_department() -> list[tuple[str, list[Any]]]:
    """The demo people, grouped by department in the order of the organisation."""
    groups: dict[str, list[Any]] = {}
    for person in people.demo_people(platform()):
        groups.setdefault(person.department, []).append(person)
    return list(groups.items())


def switched_to(account: str) -> Actor:
    """The demo person of that account; 404 for anybody else."""
    actor = people.actor_by_account(platform(), account)
    if actor is None:
        abort(404)
    return actor


def landing(actor: Actor, task: str, instance: str, came_from: str | None) -> str:
    """Where the new person goes on: his task in the case at hand, else the case if he may see it, else the same list.

    `task` and `instance` are ids as the banner's form sent them (empty on other pages), `came_from` the page's address.
    """
    if web.is_id(instance):
        acting = [one for one in people.next_actors(platform(), int(instance)) if one.person.account == actor.account]
        chosen = next((one for one in acting if str(one.task_id) == task), acting[0] if acting else None)
        if chosen is not None:
            return url_for("workbench.task", task_id=chosen.task_id)
        try:
            case_page(platform(), actor, int(instance))
            return url_for("workbench.case", instance_id=int(instance))
        except NotFound:
            return url_for("workbench.home")
    target = web.safe_next(came_from, "")
    if not target or target.startswith(OWN_PAGES):
        return url_for("workbench.home")
    return target
