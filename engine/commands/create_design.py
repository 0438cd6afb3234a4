"""新建流程: the draft of a procedure that is not there yet, from a small diagram of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.blank import blank_diagram
from engine.drafting import begin, require_free
from engine.errors import Invalid, InvalidForm
from engine.i18n import _
from engine.parts import check_key
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.regulation import clause, clause_numbers


def create_design(platform: Platform, actor: Actor, key: str, name: str, prefix: str, clauses: str = "") -> int:
    """Begin a new procedure with a small diagram that can be run; the id of its design. The diagram names these
    `clauses`, numbers separated by blanks.

    Raises `InvalidForm` with what is impossible about key, name, prefix or clauses, or with who has the key already.
    """
    actor.require(Permission.DESIGN)
    name, prefix = name.strip(), prefix.strip()
    served = clause_numbers(clauses)
    _check(key, name, prefix, served)
    diagram = blank_diagram(key, name, prefix, " ".join(served))
    with platform.database.write() as session:
        require_free(session, key)
        return begin(session, actor, key, name, None, {("diagram", key): diagram}, platform.clock.now())


def _check(key: str, name: str, prefix: str, clauses: Sequence[str]) -> None:
    errors: dict[str, str] = {}
    try:
        check_key(key)
    except Invalid as error:
        errors["key"] = error.message
    if not name or len(name) > 80 or not name.isprintable():
        errors["name"] = _("请填写流程名称，最多 80 字，例如“项目变更审批”。")
    if re.fullmatch(r"[A-Za-z0-9]{1,10}", prefix) is None:
        errors["prefix"] = _("请填写编号前缀：1 到 10 个字母或数字，例如 BG。案件编号会写成 BG-2026-0001。")
    unknown = next((number for number in clauses if clause(number) is None), None)
    if unknown is not None:
        errors["clauses"] = _("办法里没有第{n}条，没有新建。请重新选择条款。", n=unknown[:20])
    if errors:
        raise InvalidForm(errors)
