"""新建流程: the draft of a procedure that is not there yet, from a small diagram of ours or from a file."""

from __future__ import annotations

import re

from sqlalchemy import select

from engine.blank import blank_diagram
from engine.drafting import Files, begin
from engine.errors import Invalid, Refused
from engine.i18n import _
from engine.models import Definition, Design
from engine.parts import check_content, check_key
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.regulation import clause, clause_numbers
from engine.versions import lock_beginning, lock_procedure


def create_design(
    platform: Platform,
    actor: Actor,
    key: str,
    name: str,
    prefix: str,
    diagram: bytes | None = None,
    clauses: str = "",
) -> int:
    """Begin a new procedure; the id of its design. `diagram` is a foreign file, kept byte for byte; without one the new
    diagram names these `clauses`, separated by blanks.

    Raises `Refused` where the key is taken, `Invalid` for an impossible key, name or prefix, or an unknown clause.
    """
    actor.require(Permission.DESIGN)
    check_key(key)
    name, prefix = name.strip(), prefix.strip()
    if not name or len(name) > 80 or not name.isprintable():
        raise Invalid(_("请填写流程名称，最多 80 字，例如“项目变更审批”。"))
    if re.fullmatch(r"[A-Za-z0-9]{1,10}", prefix) is None:
        raise Invalid(_("请填写编号前缀：1 到 10 个字母或数字，例如 BG。案件编号会写成 BG-2026-0001。"))
    served = clause_numbers(clauses)
    for number in served:
        if clause(number) is None:
            raise Invalid(_("办法里没有第{n}条，没有新建。请重新选择条款。", n=number[:20]))
    content = blank_diagram(key, name, prefix, " ".join(served)) if diagram is None else diagram
    check_content(content)
    files: Files = {("diagram", key): content}
    with platform.database.write() as session:
        lock_beginning(session, key)
        lock_procedure(session, key)
        taken = session.scalar(select(Definition.name).where(Definition.key == key).limit(1)) or session.scalar(
            select(Design.name).where(Design.key == key)
        )
        if taken is not None:
            raise Refused(_("编号 {key} 已由流程“{name}”使用，没有新建。请换一个编号。", key=key, name=taken))
        return begin(session, actor, key, name, None, files, platform.clock.now())
