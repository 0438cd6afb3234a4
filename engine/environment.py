"""What may be set in the environment: the one list of variables, each with its default and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


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
    Variable(
        "JOB_THREADS",
        "job_threads",
        "4",
        _whole(0, 64),
        "同时运行的自动任务（事务之外的处理器）数；`0`：本进程不运行，由 `guicheng worker` 运行",
        "service jobs run at the same time; `0`: none in this process, `guicheng worker` runs them",
    ),
    Variable(
        "JOB_ATTEMPTS",
        "job_attempts",
        "3",
        _whole(1, 20),
        "自动任务最多试几次，之后记为异常",
        "tries of a service job until it becomes an incident",
    ),
    Variable(
        "JOB_PAUSE",
        "job_pause",
        "60",
        _whole(1, 86_400),
        "自动任务第一次重试前等待的秒数，以后每次乘以 4",
        "seconds before a service job is tried again, times 4 at each further try",
    ),
    Variable(
        "JOB_LIMIT",
        "job_limit",
        "300",
        _whole(1, 86_400),
        "自动任务一次最多运行的秒数",
        "seconds that one try of a service job may take",
    ),
    Variable(
        "MESSAGE_DAYS",
        "message_days",
        "30",
        _whole(1, 3650),
        "没有流程接收的消息保留的天数",
        "days that a message waits for somebody who takes it",
    ),
)
