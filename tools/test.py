"""`make test` and `make test-long`: every check, one after the other, and one table at the end.

A check that cannot run on this machine is named with what would make it run; on a build server (CI is set) that is a
failure. `python -m tools.test lint` runs the style, type and import checks alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools import browser, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
REPORTS = ROOT / ".cache" / "reports"
WORKERS = os.environ.get("TEST_WORKERS", "2")
NO_TEST_RAN = 5
BROWSER = "tests/browser"
ELSEWHERE = f"--ignore={BROWSER}"  # who runs one of the two need not collect the other


@dataclass
class Outcome:
    """What one check came to: seconds taken, tests by result, and why it did not (wholly) succeed."""

    name: str
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problem: str = ""
    left_out: str = ""


@dataclass
class Session:
    """One run of the checks; checks go on after a failure so that everything wrong is seen at once."""

    outcomes: list[Outcome] = field(default_factory=list)

    def check(self, name: str, *command: str) -> None:
        """A command that says everything by its exit code."""
        outcome, started = self._begin(name), time.monotonic()
        code = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, check=False).returncode
        outcome.seconds = time.monotonic() - started
        outcome.problem = f"exit code {code}" if code else ""

    def pytest(self, name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        """A run of pytest; no test at all counts as a failure."""
        outcome, started = self._begin(name), time.monotonic()
        report = REPORTS / f"{len(self.outcomes)}.xml"
        command = [str(BIN / "python"), "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env={**_surroundings(), **(environment or {})}, check=False).returncode
        outcome.seconds = time.monotonic() - started
        if report.exists():
            _count(report, outcome)
        if code == NO_TEST_RAN:
            outcome.problem = "no test ran"
        elif code:
            outcome.problem = f"{outcome.failed} failed" if outcome.failed else f"pytest exit code {code}"

    def leave_out(self, name: str, why: str) -> None:
        """Note a check that this machine cannot run; a build server has to be able to."""
        outcome = self._begin(name)
        outcome.left_out = why
        if os.environ.get("CI"):
            outcome.problem = "left out on a build server"

    def close(self) -> int:
        """Print the table; 0 when nothing failed."""
        print(f"\n{'─' * 78}")
        for outcome in self.outcomes:
            state = outcome.problem or ("left out" if outcome.left_out else "ok")
            print(f"{outcome.name:<34}{outcome.passed or '':>7}{outcome.seconds:>9.1f} s  {state}")
            if outcome.left_out:
                print(f"    {outcome.left_out}")
        print(f"{'─' * 78}\n{sum(o.seconds for o in self.outcomes):.0f} s")
        failed = sum(max(o.failed, bool(o.problem)) for o in self.outcomes)
        passed = sum(o.passed for o in self.outcomes)
        print(f"{passed} passed, {failed} failed, {sum(o.skipped for o in self.outcomes)} skipped", flush=True)
        return 1 if failed else 0

    def _begin(self, name: str) -> Outcome:
        print(f"\n━━ {name}", flush=True)
        self.outcomes.append(Outcome(name))
        return self.outcomes[-1]


def lint(session: Session) -> None:
    """Style, types, and who may import whom."""
    session.check("ruff check", "ruff", "check", ".")
    session.check("ruff format", "ruff", "format", "--check", ".")
    session.check("mypy --strict engine", "mypy")
    session.check("import rules", "lint-imports", "--cache-dir", ".cache/import-linter")


def short(session: Session) -> None:
    """Everything that proves the product in under ten minutes."""
    lint(session)
    session.pytest("tests on SQLite", ELSEWHERE, "-m", "not browser and not long and not postgres", "-n", WORKERS)
    _on_postgres(
        session, "tests on PostgreSQL", ELSEWHERE, "-m", "not browser and not long and not year", "-n", WORKERS
    )
    session.check("flows, boundary events, rules", "python", "-m", "tests.workflows.flows")
    _in_browser(session, "browser tests", "browser and not long")


def long(session: Session) -> None:
    """What takes longer: crash, fuzz, many models; half an hour at most."""
    session.pytest("long tests on SQLite", ELSEWHERE, "-m", "long and not postgres and not browser", "-n", WORKERS)
    _on_postgres(session, "long tests on PostgreSQL", ELSEWHERE, "-m", "(long or year) and not browser", "-n", WORKERS)
    _in_browser(session, "long browser tests", "browser and long")


def _in_browser(session: Session, name: str, marks: str) -> None:
    missing = browser.provide()
    if missing:
        session.leave_out(name, missing)
    else:
        # Long tests stand anywhere: whoever is done takes from the other, and no file is waited for in the end.
        session.pytest(name, BROWSER, "-m", marks, "-n", WORKERS, "--dist", "worksteal")


def _surroundings() -> dict[str, str]:
    """The environment, but bytecode is kept: else each run, worker and server compiles every file of the house anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _on_postgres(session: Session, name: str, *arguments: str) -> None:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server())
        except postgres.NoServer as error:
            session.leave_out(name, str(error))
            session.outcomes[-1].problem = "no PostgreSQL"
            return
        session.pytest(name, "--database=postgresql", *arguments, environment={"TEST_DATABASE_URL": url})


def _count(report: Path, outcome: Outcome) -> None:
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        outcome.failed += failed
        outcome.skipped += skipped
        outcome.passed += total - failed - skipped


PARTS: dict[str, Callable[[Session], None]] = {"lint": lint, "short": short, "long": long}


def main(part: str) -> int:
    """Run one part; the return value is the exit code."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    for old in REPORTS.glob("*.xml"):
        old.unlink()
    session = Session()
    PARTS[part](session)
    return session.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "short"))
