"""Where procedures are played without a database: their own files, the demo organisation, a clock that tests move.

What plays them is the product's own try-out (`engine.tryout`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import inf

from engine.boot import ROOT, load_handlers
from engine.clock import MovableClock
from engine.parts import read_procedure
from engine.tryout.play import Play
from engine.tryout.procedure import Procedure
from engine.tryout.recorded import Recorded
from engine.tryout.sandbox import Budget
from tests.workflows.coverage import Coverage
from tests.workflows.organisation import Organisation

HANDLERS = load_handlers()


@cache
def procedure(key: str) -> Procedure:
    """Read `workflows/<key>` and `forms/<key>`; all of it is immutable."""
    parts = read_procedure(ROOT, key)
    assert parts is not None, key
    return Procedure.of(parts)


@dataclass
class Stage:
    """Everything around the cases of one test. `clock` says when cases start; each then has a clock of its own."""

    organisation: Organisation
    clock: MovableClock
    coverage: Coverage

    def play(self, key: str) -> Play:
        """A case of that procedure, not yet started."""
        return Play(procedure(key), Recorded(self.organisation.record), HANDLERS, Budget(inf))
