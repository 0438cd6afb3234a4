"""`python -m tests.bench.large`: does any page grow with the number of cases?

Plays a demo year of 20, of 400 and of 20,000 cases (`--cases`), opens every page of the product in all as staff,
manager and process owner, and sets time and statements side by side. `--keep FOLDER` keeps the installations
and uses them again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from engine.boot import ROOT, open_platform
from engine.clock import SystemClock, local
from engine.commands import close_days, note_standings
from engine.config import Settings
from engine.db import Database
from engine.demo import Figures, Plan, build_year
from engine.log import configure_logging
from engine.platform import Platform
from tests.bench.meter import Meter
from tests.bench.pages import Address, addresses
from tests.bench.stage import Visitor, served

Pages = dict[str, dict[str, Any]]
"""Per page: its figures."""
VISITORS = {"staff": "chensiyuan", "manager": "gaozhendong", "process owner": "hejing"}
FEW, SOME = 20, 400
"""With a few cases lists are nearly empty; with some they are full, so that only what grows with the past differs."""
GROWTH, FLOOR = 1.5, 20.0
"""A page has grown when it takes so many times as long as with some cases, and so many milliseconds longer; more than
twice as long as with a few, and 25 ms longer, is too much as well."""


def installed(folder: Path, url: str, cases: int, until: date) -> Platform:
    """A demo year of so many cases; one that is there already is used as it is."""
    settings = Settings.from_environment({"DATA_DIR": str(folder), "DATABASE_URL": url})
    settings.prepare()
    platform = open_platform(settings)
    if not platform.mode:
        begun = time.monotonic()
        figures = build_year(platform, ROOT, Plan(cases, "1", until), _told(cases))
        took = time.monotonic() - begun
        print(f"{cases:,} cases: {figures.acts:,} acts, {figures.timers:,} timers, {took:.0f} s", flush=True)
    close_days(platform)  # as the product does when it starts
    note_standings(platform)
    platform.database.analyze()
    return platform


def _told(cases: int) -> Any:
    def tell(figures: Figures) -> None:
        if figures.cases % max(1, cases // 10) == 0:
            print(f"  {figures.cases:,} of {cases:,}", flush=True)

    return tell


def measured(platform: Platform, rounds: int) -> Pages:
    """Milliseconds and statements of every page, by visitor and page."""
    app = served(platform)
    meter = Meter(platform.database)
    found: Pages = {}
    for who, account in VISITORS.items():
        visitor = Visitor(app, account)
        pages = [page for page in addresses(app, platform, account) if _may_open(visitor, page)]
        for page in pages:
            found[f"{who} · {page.name}"] = _page(meter, visitor, page, rounds)
    return found


def _may_open(visitor: Visitor, page: Address) -> bool:
    status = visitor.client.get(page.path).status_code
    assert status < 500, page.path  # a page that fails is not one that is quick
    return status == 200


def _page(meter: Meter, visitor: Visitor, page: Address, rounds: int) -> dict[str, Any]:
    """The fastest of all rounds: `ms` by the clock; `cpu_ms` of this process alone, which a busy machine disturbs less
    (SQLite works inside it, PostgreSQL does not)."""
    clock, cpu = [], []
    for _round in meter.rounds(rounds):
        begun, worked = time.perf_counter(), time.thread_time()
        answer = meter.run(page.name, lambda: visitor.client.get(page.path))
        cpu.append((time.thread_time() - worked) * 1000)
        clock.append((time.perf_counter() - begun) * 1000)
    statements = max(meter.figures[page.name].statements)
    return {
        "ms": round(min(clock), 1),
        "cpu_ms": round(min(cpu), 1),
        "statements": statements,
        "bytes": len(answer.data),
    }


def compare(years: dict[int, Pages], kind: str) -> int:
    """Print the years side by side; 1 when a page has grown."""
    *_smaller, most = years
    print("\n" + f"{'':<72}" + "".join(f"{cases:>9,}{'SQL':>5}" for cases in years))
    grown = 0
    for name in years[most]:
        figures = {cases: pages[name] for cases, pages in years.items() if name in pages}
        has_grown = _has_grown({cases: one[kind] for cases, one in figures.items()}, most)
        grown += has_grown
        line = [
            f"{figures[cases][kind]:>9.1f}{figures[cases]['statements']:>5}" if cases in figures else f"{'–':>9}{'':>5}"
            for cases in years
        ]
        print(f"{name:<72}" + "".join(line) + ("  GROWN" if has_grown else ""))
    print(f"\n{len(years[most])} pages, {grown} of them grown")
    return 1 if grown else 0


def _has_grown(times: dict[int, float], most: int) -> bool:
    few, some = times.get(FEW, times[most]), times.get(SOME, times[most])
    return (times[most] > some * GROWTH and times[most] > some + FLOOR) or (
        times[most] > few * 2 and times[most] > few + 25
    )


def main() -> int:
    """Play, measure, compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--until", type=date.fromisoformat, default=local(SystemClock().now()).date())
    parser.add_argument("--database", default="", metavar="URL", help="a PostgreSQL server instead of scratch SQLite")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where installations are kept for the next time")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    chosen = parser.parse_args()
    figures: dict[int, Pages] = {}
    with ExitStack() as stack:
        log_file = stack.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
        configure_logging("json", "info", log_file)  # what a request logs is part of its cost
        folder = chosen.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guicheng-bench-")))
        for cases in (FEW, SOME, chosen.cases):
            url = _database(chosen.database, cases) if chosen.database else ""
            platform = installed(folder / str(cases), url, cases, chosen.until)
            figures[cases] = measured(platform, chosen.rounds)
            platform.database.dispose()
    if chosen.json:
        content = {str(cases): rows for cases, rows in figures.items()}
        chosen.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return compare(figures, "ms" if chosen.database else "cpu_ms")


def _database(server: str, cases: int) -> str:
    """The URL of the database for so many cases on that server, made if need be."""
    name = f"guicheng_bench_{cases}"
    database = Database(server)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        known = connection.exec_driver_sql("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).scalar()
        if known is None:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    database.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


if __name__ == "__main__":
    sys.exit(main())
