"""Chromium and Chinese fonts for the browser tests: found, installed where that is allowed, or asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


def find_chromium() -> str | None:
    """The path of a browser on this machine: CHROMIUM names one, else the usual names; None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def has_chinese_fonts() -> bool:
    """Whether pages in Chinese can be drawn with real letters."""
    if shutil.which("fc-list") is None:
        return False
    answer = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(answer.stdout.strip())


def provide() -> str | None:
    """Make sure that the browser tests can run; None when they can, else a sentence that says how to get there."""
    if not (find_chromium() and has_chinese_fonts()) and _may_install():
        print("安装浏览器和中文字体 installing Chromium and Chinese fonts (apt) …", flush=True)
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", *PACKAGES)
    if find_chromium() and has_chinese_fonts():
        return None
    return (
        "缺少 Chromium 或中文字体，可运行 Chromium or Chinese fonts are missing; get them with: "
        f"sudo apt-get install -y {' '.join(PACKAGES)}"
    )


def _may_install() -> bool:
    """Debian or Ubuntu, and root or sudo that asks for no password."""
    if shutil.which("apt-get") is None or not Path("/etc/debian_version").exists():
        return False
    return os.getuid() == 0 or (
        shutil.which("sudo") is not None
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )


def _apt(*arguments: str) -> None:
    command = [] if os.getuid() == 0 else ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, "apt-get", "-qq", *arguments], env=quiet, check=False, stdout=subprocess.DEVNULL)
