"""The installation's settings: read from the environment once, checked at start, all problems said at once.

`engine.environment` is the one list of what may be set; `docs/settings.md` is written from it
(`python -m engine.config > docs/settings.md`) and a test keeps the two equal.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.environment import VARIABLES
from engine.errors import ConfigurationError

_KEY_BYTES = 32


@dataclass(frozen=True)
class Settings:
    """What an installation has chosen. Built by `Settings.from_environment`, then `prepare()`d once at start."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    secret_key_file: Path
    threads: int
    https_only: bool
    demo_any_host: bool
    language: str
    log_format: str
    log_level: str
    job_threads: int
    job_attempts: int
    job_pause: int
    job_limit: int
    message_days: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read and check all variables; ConfigurationError names every wrong one. Touches no file."""
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        problems: list[str] = []
        for variable in VARIABLES:
            text = environment.get(variable.name, "").strip() or variable.default
            try:
                values[variable.field] = variable.read(text)
            except ValueError as error:
                # The text of an address may hold a password, so it is not repeated.
                shown = "" if variable.field == "database_url" else f"={text!r}"
                problems.append(f"{variable.name}{shown}：{error}")
        _refuse(problems)
        data_dir = values["data_dir"]
        values["database_url"] = values["database_url"] or f"sqlite:///{data_dir / 'guicheng.sqlite'}"
        values["secret_key_file"] = values["secret_key_file"] or data_dir / "secret.key"
        return cls(**values)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check_demo(self) -> None:
        """Refuse demo mode on an address that others can reach, unless that was asked for."""
        if not (self.loopback or self.demo_any_host):
            _refuse(
                [
                    f"HOST={self.host!r}：演示模式下任何人都能扮演任何人，因此只监听本机；确有需要请设 DEMO_ANY_HOST=1 "
                    "(in demo mode anybody may act as anybody, so it listens on loopback only; "
                    "set DEMO_ANY_HOST=1 if you mean it)"
                ]
            )

    def cannot_listen(self, why: str) -> ConfigurationError:
        """The error to raise when HOST and PORT cannot be listened on; `why` says what to do, in both languages."""
        return ConfigurationError(f"没有启动 (nothing was started)：\n  HOST={self.host!r} PORT={self.port}：{why}")

    def prepare(self) -> None:
        """Make the data folder and, at the first start, the key; ConfigurationError when they cannot be used."""
        problems: list[str] = []
        try:
            problems += _prepare_folder(self.data_dir)
            problems += _prepare_key(self.secret_key_file)
        except OSError as error:
            problems.append(f"{error.filename}：无法读写 (cannot be used: {error.strerror})")
        _refuse(problems)

    def secret_key(self) -> bytes:
        """The key that signs sessions; `prepare` has made and checked it."""
        return self.secret_key_file.read_bytes()


def settings_page() -> str:
    """The text of docs/settings.md."""
    rows = [f"| `{v.name}` | {f'`{v.default}`' if v.default else ''} | {v.zh} | {v.en} |" for v in VARIABLES]
    return "\n".join(
        [
            "# 设置 Settings",
            "",
            "启动时从环境变量读取；有错则不启动，并一次列出全部错误。",
            "Read from the environment at start; a wrong value stops the start, and all of them are named at once.",
            "",
            "| 变量 Variable | 默认 Default | 含义 | Meaning |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _prepare_folder(folder: Path) -> list[str]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.access(folder, os.W_OK | os.X_OK):
        return []
    return [f"DATA_DIR={str(folder)!r}：不可写 (is not writable)"]


def _prepare_key(path: Path) -> list[str]:
    try:
        # O_EXCL: two processes that start together must not each make a key of their own.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(_KEY_BYTES).encode("ascii"))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return [f"{path}：其他用户可以读写密钥 (others may use this key)；chmod 600 {path}"]
    if len(path.read_bytes().strip()) < _KEY_BYTES:
        return [f"{path}：密钥太短或为空，删除后会重新生成 (the key is too short; delete the file to get a new one)"]
    return []


def _refuse(problems: list[str]) -> None:
    if problems:
        heading = "设置有误，没有启动 (the settings are wrong; nothing was started)："
        raise ConfigurationError("\n".join([heading, *(f"  {problem}" for problem in problems)]))


if __name__ == "__main__":
    print(settings_page(), end="")
