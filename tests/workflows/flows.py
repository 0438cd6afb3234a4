"""`make flows`: run the scenario tests and say how much of each procedure they exercise.

Fails below 100 % of sequence flows, boundary events and DMN rules, with the ids that nobody has taken.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.boot import ROOT
from tests.workflows.coverage import RECORD, Coverage
from tests.workflows.stage import procedure

SCENARIOS = Path(__file__).parent


class Gather:
    """A pytest plugin that hands one record to all scenarios."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage

    def pytest_configure(self, config: pytest.Config) -> None:
        """Put the record where the stage looks for it."""
        config.stash[RECORD] = self._coverage


def main() -> int:
    """The exit status: 0 when everything passed and nothing is left out."""
    coverage = Coverage()
    status = pytest.main([str(SCENARIOS), "-q", "--no-header"], plugins=[Gather(coverage)])
    if status != pytest.ExitCode.OK:
        return int(status)
    complete = True
    for folder in sorted(path for path in (ROOT / "workflows").iterdir() if path.is_dir()):
        found = procedure(folder.name)
        shares = coverage.shares(found.definition, found.decisions)
        print(f"{folder.name} {found.definition.name}: " + " · ".join(map(str, shares)))
        for share in shares:
            if not share.complete:
                complete = False
                print(f"  not taken, {share.kind}: {', '.join(share.missing)}")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
