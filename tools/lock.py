"""`make lock`: write requirements/*.txt anew. The locks name no registry: pip's own settings decide where to fetch.

uv solves for all platforms and Python versions at once; it is fetched for this moment only and is no dependency.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--quiet", "--no-header")
NAMELESS = ("--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
LOCKS = {
    "run": ("pyproject.toml", "requirements/build.in"),
    "dev": ("pyproject.toml", "requirements/build.in", "--extra", "dev", "-c", "requirements/run.txt"),
    "node": ("requirements/node.in",),
    "postgres": ("requirements/postgres.in",),
}


def main() -> None:
    """Solve all locks."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", folder, "uv"], check=True)
        uv = str(Path(folder) / "bin" / "uv")
        for name, sources in LOCKS.items():
            target = f"requirements/{name}.txt"
            subprocess.run([uv, "pip", "compile", *OPTIONS, *NAMELESS, *sources, "-o", target], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
