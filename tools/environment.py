"""Make the checkout able to run: virtual environment, hash-locked dependencies, product, words, assets.

`python3 tools/environment.py run` prepares the server, `… test` also what the tests need. Every part leaves a stamp
with the hash of what it was made from, so a second call does nothing. Only the standard library is used here: this
file runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
# By path and not as `ui.assets`: the package around it needs Flask, which is not there yet.
ASSETS = ("-B", "-c", f"import runpy; runpy.run_path({str(ROOT / 'ui' / 'assets.py')!r}, run_name='__main__')")
STARTED = time.monotonic()


class SetupError(Exception):
    """The environment cannot be made; the text says what a person has to do."""


def main(purpose: str) -> int:
    """Prepare for "run" or "test"; the return value is the exit code."""
    try:
        create_venv()
        assets = start_assets()
        install_lock("dev" if purpose == "test" else "run", "依赖 dependencies")
        install_product()
        compile_words()
        finish_assets(assets)
    except SetupError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    return 0


def step(text: str) -> None:
    """One line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def create_venv() -> None:
    """Create `.venv` unless it is there and belongs to this Python."""
    if _venv_fits():
        return
    try:
        import ensurepip  # noqa: F401  probing: Debian ships it in a package of its own
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(_how_to_get_venv()) from None
    step(f"虚拟环境 virtual environment: Python {sys.version.split()[0]}")
    _run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "虚拟环境创建失败 The virtual environment was not created.",
    )


def install_lock(name: str, label: str) -> None:
    """Install `requirements/<name>.txt`, every file checked against its hash."""
    lock = LOCKS / f"{name}.txt"
    stamp = _Stamp(f"lock-{name}", [lock])
    if stamp.fresh():
        return
    packages = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    step(f"{label} ({packages})")
    # Byte code is written at first import: compiling all modules now would take longer than installing them.
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"]
    command += ["--require-hashes", "--no-deps", "-r", str(lock)]
    if not _install_with_progress(command, packages):
        raise SetupError(
            "依赖没有装好：请检查网络或 pip 的镜像设置，然后重试。上面是 pip 的说明。\n"
            "The dependencies were not installed: check the network or pip's mirror, then try again."
        )
    stamp.write()


def install_product() -> None:
    """Install the product itself, editable, so that `guicheng` runs from this checkout."""
    stamp = _Stamp("product", [ROOT / "pyproject.toml"])
    if stamp.fresh():
        return
    step("规程 guicheng (editable)")
    command = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)]
    _run(command, "规程没有装好 The product was not installed.")
    stamp.write()


def compile_words() -> None:
    """Compile the translation catalogues, when there are any and one has changed."""
    catalogues = sorted((ROOT / "engine" / "translations").glob("*/LC_MESSAGES/*.po"))
    stamp = _Stamp("words", catalogues)
    if not catalogues or (stamp.fresh() and all(po.with_suffix(".mo").exists() for po in catalogues)):
        return
    step("译文 translations")
    command = [str(VENV / "bin" / "pybabel"), "-q", "compile", "-d", str(ROOT / "engine" / "translations")]
    _run(command, "译文编译失败 The translations were not compiled.")
    stamp.write()


def start_assets() -> subprocess.Popen[str] | None:
    """Begin to build scripts and styles beside the installation; None when this has to wait for a packaged Node.js.

    `ui/assets.py` needs nothing but the standard library and knows itself whether anything has changed.
    """
    if not _node_is_recent():
        return None
    command = [sys.executable, *ASSETS]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish_assets(started: subprocess.Popen[str] | None) -> None:
    """Wait for the assets, or build them now with the Node.js that pip brings along."""
    if started is None:
        install_lock("node", "Node.js")
        _run([str(PYTHON), *ASSETS], "页面资源没有建好 The assets were not built.")
        return
    words, _ = started.communicate()
    for line in words.splitlines():
        step(line)
    if started.returncode != 0:
        raise SetupError("页面资源没有建好 The assets were not built.")


def _venv_fits() -> bool:
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; print(sys.version_info >= (3, 11))"
    answer = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "True"


def _how_to_get_venv() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if shutil.which("apt-get"):
        how = f"sudo apt-get update && sudo apt-get install -y python{version}-venv"
    else:
        how = f"(install the venv and ensurepip modules of Python {version})"
    return f"缺少 Python 的 venv 模块，请先运行：\nPython's venv module is missing; please run first:\n\n    {how}"


def _node_is_recent() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = answer.removeprefix("v").split(".")[0]
    return major.isdigit() and int(major) >= 20


def _install_with_progress(command: list[str], packages: int) -> bool:
    """Run pip and say now and then how far it is; whatever it complains about is shown. True when it succeeded."""
    done, shown = 0, time.monotonic()
    tail: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            tail = [*tail[-19:], line]
            done += line.startswith(("Collecting ", "Requirement already"))
            if time.monotonic() - shown > 3:
                step(f"  … {done}/{packages} {line.strip().split(' (from')[0][:90]}")
                shown = time.monotonic()
    if pip.returncode != 0:
        print("".join(tail), file=sys.stderr)
    return pip.returncode == 0


def _run(command: list[str], complaint: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetupError(complaint)


class _Stamp:
    """A file in the virtual environment that remembers the hash of what a part was made from."""

    def __init__(self, name: str, sources: Iterable[Path]) -> None:
        self.path = VENV / f"guicheng-{name}.stamp"
        digest = hashlib.sha256(os.fsencode(ROOT))
        for source in sources:
            digest.update(source.read_bytes())
        self.value = digest.hexdigest()

    def fresh(self) -> bool:
        return self.path.exists() and self.path.read_text("utf-8") == self.value

    def write(self) -> None:
        self.path.write_text(self.value, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
