"""Two decision tables, cell by cell: columns matched by id, then by what they test; rules by id, then by content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.comparing.model import Column, Facts, Kind, Row, Sheet, details_of, fact
from engine.comparing.orders import Matched, merged_order
from engine.feel.dmn.model import Input, Output, Rule
from engine.feel.dmn.outline import TableOutline, outline_decisions
from engine.i18n import _

T = TypeVar("T")


def compare_decisions(name: str, before: bytes | None, after: bytes | None) -> list[Sheet]:
    """The differences of the tables in one file."""
    if before == after:
        return []
    kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
    old = [] if before is None else outline_decisions(before)
    new = [] if after is None else outline_decisions(after)
    if old is None or new is None:
        note = _("这个决策表文件有一方不能读取，无法逐格对比；请先改正其中的错误。")
        return [Sheet(kind=kind, name=name, id=name, title=name, note=note)]
    olds, news = _by_id(old), _by_id(new)
    found = []
    for id in merged_order(list(olds), list(news)):
        sheet = _compare(name, olds.get(id), news.get(id))
        if sheet is not None:
            found.append(sheet)
    if not found:
        note = _("只有书写格式或图形不同，表的内容没有变化。")
        title = next((table.name for table in new or old), name)
        found = [Sheet(kind=kind, name=name, id=name, title=title, note=note)]
    return found


def _by_id(tables: Sequence[TableOutline]) -> dict[str, TableOutline]:
    found: dict[str, TableOutline] = {}
    for table in tables:
        found.setdefault(table.id, table)
    return found


def _compare(name: str, was: TableOutline | None, now: TableOutline | None) -> Sheet | None:
    here = now or was
    assert here is not None
    kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.CHANGED
    inputs = Matched(was.inputs if was else (), now.inputs if now else (), lambda one: one.id, _tests)
    outputs = Matched(was.outputs if was else (), now.outputs if now else (), lambda one: one.id, lambda one: one.name)
    columns = [
        *(_column(*inputs.both(id), _input_facts, moved=id in inputs.moved) for id in inputs.order),
        *(_column(*outputs.both(id), _output_facts, moved=id in outputs.moved) for id in outputs.order),
    ]
    rules = Matched(was.rules if was else (), now.rules if now else (), lambda one: one.id, _content)
    rows = [_row(*rules.both(id), inputs, outputs, id in rules.moved) for id in rules.order]
    details = details_of(_facts(was), _facts(now)) if was and now else ()
    kinds = {one.kind for one in columns} | {row.kind for row in rows}
    if kind is Kind.CHANGED and not details and kinds <= {Kind.SAME}:
        return None
    columns.append(Column(Kind.SAME, _("说明")))
    return Sheet(
        kind=kind,
        name=name,
        id=here.id,
        title=here.name or name,
        columns=tuple(columns),
        rows=tuple(rows),
        details=details,
    )


def _column(was: T | None, now: T | None, facts: Callable[[T], Facts], *, moved: bool) -> Column:
    here = now if now is not None else was
    assert here is not None
    said = facts(here)
    label = said["label"].text or said["what"].text
    if was is None or now is None:
        return Column(Kind.ADDED if was is None else Kind.REMOVED, label)
    details = details_of(facts(was), facts(now))
    return Column(Kind.CHANGED if details else Kind.MOVED if moved else Kind.SAME, label, details)


def _row(was: Rule | None, now: Rule | None, inputs: Matched[Input], outputs: Matched[Output], moved: bool) -> Row:
    here = now or was
    assert here is not None
    cells: list[tuple[str | None, str | None]] = []
    for matched, part in ((inputs, "inputs"), (outputs, "outputs")):
        for name in matched.order:
            cells.append(
                (
                    _cell(was, part, matched.before.get(name)),
                    _cell(now, part, matched.after.get(name)),
                )
            )
    cells.append((None if was is None else was.description, None if now is None else now.description))
    kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.SAME
    if kind is Kind.SAME:
        # a column that only one side has is told once, at its head
        differs = any(old != new for old, new in cells if old is not None and new is not None)
        kind = Kind.CHANGED if differs else Kind.MOVED if moved else Kind.SAME
    return Row(kind, here.id, _("规则 {n}", n=here.index), tuple(cells))


def _cell(rule: Rule | None, part: str, place: int | None) -> str | None:
    cells: tuple[str, ...] = () if rule is None else getattr(rule, part)
    return None if place is None or place >= len(cells) else cells[place]


def _facts(table: TableOutline) -> Facts:
    policies = {
        "UNIQUE": _("唯一：最多一条规则符合"),
        "FIRST": _("首个：取第一条符合的规则"),
        "ANY": _("任一：符合的规则结果相同"),
        "PRIORITY": _("优先：取允许取值里最靠前的结果"),
        "OUTPUT ORDER": _("按输出排序：符合的规则按允许取值的先后排列"),
        "RULE ORDER": _("按规则排序：符合的规则自上而下排列"),
        "COLLECT": _("汇集：取所有符合的规则"),
    }
    return {
        "name": fact(_("名称"), table.name),
        "policy": fact(_("命中方式"), policies.get(table.hit_policy, table.hit_policy)),
        "aggregation": fact(_("汇总"), table.aggregation),
        "description": fact(_("说明"), table.description),
    }


def _input_facts(column: Input) -> Facts:
    return {
        "label": fact(_("列标题"), column.label),
        "what": fact(_("输入"), column.expression),
        "type": fact(_("类型"), column.type),
        "allowed": fact(_("允许的取值"), column.allowed),
    }


def _output_facts(column: Output) -> Facts:
    return {
        "label": fact(_("列标题"), column.label),
        "what": fact(_("输出"), column.name),
        "type": fact(_("类型"), column.type),
        "allowed": fact(_("允许的取值"), column.allowed),
        "default": fact(_("默认输出"), column.default),
    }


def _tests(column: Input) -> str:
    return column.expression or column.label


def _content(rule: Rule) -> str:
    return "\x00".join((*rule.inputs, "\x01", *rule.outputs))
