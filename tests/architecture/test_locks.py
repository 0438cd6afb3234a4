"""The dependency locks: every package by version and hash, no registry named, one version for server and tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LOCKS = Path(__file__).parents[2] / "requirements"
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def packages(name: str) -> dict[str, str]:
    return dict(PINNED.findall((LOCKS / f"{name}.txt").read_text("utf-8")))


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_line_is_a_pin_or_a_hash(lock: Path) -> None:
    for line in lock.read_text("utf-8").splitlines():
        assert PINNED.match(line) or re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?", line), line


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_package_has_a_hash(lock: Path) -> None:
    for entry in re.split(r"\n(?=\S)", lock.read_text("utf-8").strip()):
        assert "--hash=sha256:" in entry, entry


def test_tests_run_on_what_is_served() -> None:
    assert packages("run").items() <= packages("dev").items()


def test_spiffworkflow_is_the_measured_version() -> None:
    assert packages("run")["spiffworkflow"] == "3.2.0"
