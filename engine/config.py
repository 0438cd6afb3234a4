"""The installation's settings: read from the environment once, checked at start, all problems said at once.

`VARIABLES` is the one list of what may be set; `docs/settings.md` is written from it
(`python -m engine.config > docs/settings.md`) and a test keeps the two equal.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

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


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.:%\[\]-]+", text):
        raise ValueError("应为主机名或 IP 地址 (must be a host name or an IP address)")
    return text.strip("[]")  # IPv6 as in an address bar


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"应为 {least} 到 {most} 的整数 (must be a whole number from {least} to {most})")
        return int(text)

    return read


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("应为 0 或 1 (must be 0 or 1)")
    return text == "1"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"应为 {'、'.join(words)} 之一 (must be one of them)")
        return text

    return read


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _path_or_none(text: str) -> Path | None:
    return _path(text) if text else None


def _database(text: str) -> str:
    if not text:
        return ""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("不是数据库地址 (is no database URL such as postgresql://user@host/guicheng)") from None
    match url.get_backend_name():
        case "postgresql":
            # Whatever driver is named, the installed one is meant.
            return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        case "sqlite" if url.database and url.database != ":memory:":
            return text
        case "sqlite":
            raise ValueError("SQLite 需要一个文件 (SQLite needs a file: memory is lost with the process)")
        case _:
            raise ValueError("只支持 sqlite 和 postgresql (only sqlite and postgresql are supported)")


@dataclass(frozen=True)
class Variable:
    """One environment variable: the field it fills, its default, how it is read (ValueError says what is wrong)."""

    name: str
    field: str
    default: str
    read: Callable[[str], Any]
    zh: str
    en: str


VARIABLES = (
    Variable(
        "HOST", "host", "127.0.0.1", _host, "监听地址；演示模式只允许本机", "address to listen on; demo: loopback"
    ),
    Variable("PORT", "port", "8000", _whole(1, 65535), "监听端口", "port to listen on"),
    Variable(
        "DATA_DIR",
        "data_dir",
        "./data",
        _path,
        "数据目录：SQLite 数据库、附件、密钥",
        "folder of the SQLite database, the attachments and the key",
    ),
    Variable(
        "DATABASE_URL",
        "database_url",
        "",
        _database,
        "数据库地址，如 `postgresql://用户@主机/库`；不填则为 `DATA_DIR` 下的 `guicheng.sqlite`",
        "database, e.g. `postgresql://user@host/name`; when empty `guicheng.sqlite` in `DATA_DIR`",
    ),
    Variable(
        "SECRET_KEY_FILE",
        "secret_key_file",
        "",
        _path_or_none,
        "签名密钥文件，权限 0600，首次启动时生成；不填则为 `DATA_DIR` 下的 `secret.key`",
        "file of the signing key, mode 0600, made at first start; when empty `secret.key` in `DATA_DIR`",
    ),
    Variable("THREADS", "threads", "8", _whole(1, 256), "同时处理请求的线程数", "requests answered at the same time"),
    Variable(
        "HTTPS_ONLY",
        "https_only",
        "0",
        _switch,
        "`1`：经 HTTPS 访问，Cookie 只走 HTTPS",
        "`1`: served through HTTPS, cookies travel on HTTPS only",
    ),
    Variable(
        "DEMO_ANY_HOST",
        "demo_any_host",
        "0",
        _switch,
        "`1`：允许演示模式监听本机以外的地址（任何人都能扮演任何人）",
        "`1`: demo mode may listen beyond loopback (anybody may act as anybody)",
    ),
    Variable(
        "DEFAULT_LANGUAGE",
        "language",
        "zh",
        _one_of("zh", "en"),
        "尚未选择语言者看到的语言：`zh` 或 `en`",
        "language of those who have not chosen one: `zh` or `en`",
    ),
    Variable(
        "LOG_FORMAT",
        "log_format",
        "console",
        _one_of("console", "json"),
        "日志格式：`console` 便于阅读，`json` 便于采集",
        "`console` to read, `json` to collect",
    ),
    Variable(
        "LOG_LEVEL",
        "log_level",
        "info",
        _one_of("debug", "info", "warning", "error"),
        "日志级别：`debug`、`info`、`warning`、`error`",
        "how much is logged: `debug`, `info`, `warning`, `error`",
    ),
)


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
