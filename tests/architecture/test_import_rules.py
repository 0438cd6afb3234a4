"""Who may import whom: the rules of pyproject.toml hold, and each one fails as soon as it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "handlers", "ui", "api")
LINT = Path(sys.executable).parent / "lint-imports"
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}

BREACHES = [
    ("doors", "ui/breach.py", "import api"),
    ("doors", "engine/breach.py", "import ui"),
    ("assembler", "ui/breach.py", "import app"),
    ("engine-layers", "engine/models/breach.py", "import engine.platform"),
    ("engine-layers", "engine/queries/breach.py", "import engine.commands"),
    ("engine-layers", "engine/module_without_a_place.py", ""),
    ("engine-without-flask", "engine/commands/breach.py", "from flask import g"),
    ("engine-without-flask", "engine/casework/breach.py", "import handlers"),
    ("spiffworkflow", "engine/casework/breach.py", "from SpiffWorkflow.bpmn.parser import BpmnParser"),
    ("spiffworkflow", "ui/breach.py", "import SpiffWorkflow"),
    ("language-and-runtime", "engine/bpmn/breach.py", "from engine.clock import SystemClock"),
    ("language-and-runtime", "engine/feel/breach.py", "import sqlalchemy"),
    ("doors-use-commands-and-queries", "ui/breach.py", "from engine.models import Instance"),
    ("doors-use-commands-and-queries", "api/breach.py", "from engine.bpmn import parse"),
    ("doors-use-commands-and-queries", "engine/jobs/breach.py", "from engine.db import Database"),
    ("pages-without-jobs", "ui/breach.py", "import engine.jobs"),
    ("commands", "engine/commands/breach.py", "import engine.commands.another"),
    ("handlers", "handlers/breach.py", "from engine.clock import SystemClock"),
]


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the import linter on the packages below a folder."""
    command = [str(LINT), "--no-logo", "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the Python packages and the rules, with a second command to call."""
    folder = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "engine/commands/another.py").touch()
    return folder


def test_the_rules_hold() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(("contract", "file", "statement"), BREACHES)
def test_a_breach_is_found(source: Path, contract: str, file: str, statement: str) -> None:
    breach = source / file
    breach.write_text(f"{statement}\n", "utf-8")
    try:
        answer = lint(source, "--contract", contract)
    finally:
        breach.unlink()
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert f"{CONTRACTS[contract]} BROKEN" in " ".join(answer.stdout.split())
    assert breach.stem in answer.stdout


def test_every_rule_is_shown_to_bite() -> None:
    assert {contract for contract, _, _ in BREACHES} == set(CONTRACTS)


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    """What copytree leaves behind: everything that is neither a package folder nor a module."""
    left = {"__pycache__", "node_modules", "assets", "static", "templates", "translations"}
    return [name for name in names if name in left or ("." in name and not name.endswith(".py"))]
