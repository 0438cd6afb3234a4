"""What runs before anything is installed must get by with the standard library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("script", ["tools/environment.py", "ui/assets.py"])
def test_it_loads_without_any_package(script: str) -> None:
    code = f"import sys, runpy; sys.path.insert(0, {str(ROOT)!r}); runpy.run_path({script!r})"
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
