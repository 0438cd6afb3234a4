"""工作台 and 我的."""

from __future__ import annotations

from flask import g, render_template

from engine.clock import local
from engine.i18n import _, language
from engine.permissions import Permission
from engine.queries.workbench import workbench
from ui.access import platform, requires
from ui.context import languages
from ui.workbench.blueprint import blueprint


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> str:
    """What is mine, how late it is, what I started, what is new."""
    return render_template(
        "workbench/home.html", bench=workbench(platform(), g.actor), limits=g.actor.limits, greeting=_greeting()
    )


@blueprint.get("/mine")
@requires(Permission.SIGNED_IN)
def mine() -> str:
    """The rest of the menu (on phones) and a person's own settings."""
    return render_template("workbench/mine.html", languages=languages(), chosen=language())


def _greeting() -> str:
    """By the hour in Shanghai."""
    hour = local(platform().clock.now()).hour
    if hour < 5:
        return _("夜深了")
    if hour < 9:
        return _("早上好")
    if hour < 12:
        return _("上午好")
    if hour < 14:
        return _("中午好")
    if hour < 18:
        return _("下午好")
    return _("晚上好")
