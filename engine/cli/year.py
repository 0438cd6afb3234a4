"""`guicheng demo --cases N`: the year, with a bar that says how far it is, how fast it goes and how long it takes."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime

import click

from engine import demo
from engine.boot import ROOT
from engine.clock import local
from engine.platform import Platform


def live_a_year(platform: Platform, cases: int, seed: str, until: datetime | None) -> None:
    """Play the year into an empty installation and say what came of it."""
    day: date = until.date() if until else local(platform.clock.now()).date()
    begun = time.monotonic()
    played = demo.Figures()

    def rate(_item: int | None) -> str:
        took = time.monotonic() - begun
        return f"{played.acts / took:,.0f} 步/秒" if took else ""

    click.echo(f"生成 {cases:,} 件演示案件（种子 {seed}，截至 {day}）；中断后重新运行会从头生成。")
    with click.progressbar(
        length=cases,
        label="生成演示案件",
        show_pos=True,
        item_show_func=rate,
        update_min_steps=max(1, cases // 500),
        file=sys.stderr,
    ) as bar:

        def tell(now: demo.Figures) -> None:
            nonlocal played
            played = now
            bar.update(1)

        figures = demo.build_year(platform, ROOT, demo.Plan(cases, seed, day), tell)
    took = time.monotonic() - begun
    click.echo(
        f"完成：{figures.cases:,} 件案件，办理 {figures.acts:,} 步，定时触发 {figures.timers:,} 次，"
        f"用时 {took:.0f} 秒（{figures.acts / took:,.0f} 步/秒）。"
    )
    for sentence, times in figures.refused.most_common(5):
        click.echo(f"  平台没有接受（{times} 次）：{sentence}")
