"""A draft to be tried: 项目变更审批 or a toy, in the demo organisation as written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from engine.boot import ROOT, load_handlers
from engine.parts import Parts, read_procedure
from engine.tryout.procedure import Procedure
from engine.tryout.recorded import Recorded
from engine.tryout.replay import Replay, replay
from engine.tryout.run import Run
from tests.fixtures import toy
from tests.fixtures.story import APPLICATION, KEY, PAPERS
from tests.workflows.organisation import Organisation

AT = "2026-11-06T09:30+08:00"
HANDLERS = load_handlers()
NOTE = "同意，请按要求办理。"


@cache
def parts() -> Parts:
    """项目变更审批 as its files have it."""
    found = read_procedure(ROOT, KEY)
    assert found is not None
    return found


def changed(**changes: str) -> Parts:
    """The same with texts of its diagram replaced: `changed(**{"old": "new"})`."""
    text = parts().diagram.decode()
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return replace(parts(), diagram=text.encode())


def toy_parts(*body: str) -> Parts:
    """A process "toy" of these elements with the form "slip"."""
    return Parts("toy", toy.diagram(*body), {"slip": toy.SLIP}, {})


@cache
def _record() -> dict[str, Any]:
    return Organisation.of_the_demo().record


def world() -> Recorded:
    """The demo organisation."""
    return Recorded(_record())


def start(by: str = "chensiyuan", **changes: Any) -> dict[str, Any]:
    """Somebody proposes a change."""
    return {"person": by, "at": AT, "data": {**APPLICATION, **changes}}


def do(node: str, by: str, act: str, **changes: Any) -> dict[str, Any]:
    """`by` finishes the open item at `node`, its form filled in."""
    data = {} if act in ("return", "reject") else {**PAPERS.get(node, {}), **changes}
    return {"do": "complete", "node": node, "person": by, "action": act, "opinion": NOTE, "data": data}


def play(
    *steps: Mapping[str, Any],
    of: Parts | None = None,
    begun: Mapping[str, Any] | None = None,
    handlers: Mapping[str, Callable[..., Any]] = HANDLERS,
) -> Replay:
    """What becomes of a start and these steps."""
    run = Run.read({"start": begun or start(), "steps": list(steps)})
    return replay(Procedure.of(of or parts()), world(), handlers, run)


def told(played: Replay, kind: str) -> list[str]:
    """The lines of one kind."""
    assert played.play is not None
    return [entry.text for entry in played.play.story.entries if entry.kind == kind]


def waits(played: Replay) -> list[tuple[str, list[str]]]:
    """The open items: step and accounts."""
    assert played.play is not None
    return [(item.node.id, list(item.accounts)) for item in played.play.story.open]
