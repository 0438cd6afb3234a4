"""Two forms, field by field: matched by id, then by field name and type, then by field name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.comparing.model import Column, Detail, Facts, Kind, Row, Sheet, clean, details_of, fact
from engine.comparing.orders import Matched, strays
from engine.i18n import _

MAX_DEPTH = 20
MAX_FIELDS = 2000

_SHOWN = ("label", "key", "type", "required", "limits", "hide")


@dataclass(frozen=True)
class _Component:
    """One component: `around` is the id of the group or list it lies in, `row` its row on the page."""

    id: str
    around: str
    row: str
    depth: int
    facts: Facts
    cells: tuple[str, ...]


def compare_form(name: str, before: bytes | None, after: bytes | None, title: str = "") -> Sheet | None:
    """The difference of one form; None where there is none. `title` is what it is called where it does not say."""
    if before == after:
        return None
    old, new = _read(before), _read(after)
    title = _title(after if after is not None else before) or title or name
    kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
    if (before is not None and old is None) or (after is not None and new is None):
        note = _("这张表单有一方不能读取，无法逐项对比；请先改正其中的错误。")
        return Sheet(kind=kind, name=name, id=name, title=title, note=note)
    rows = _rows(old[1] if old else [], new[1] if new else [])
    details = details_of(old[0] if old else {}, new[0] if new else {}) if old and new else ()
    note = ""
    if kind is Kind.CHANGED and not details and not any(row.touched for row in rows):
        note = _("只有书写格式不同，字段没有变化。")
    columns = tuple(Column(Kind.SAME, label) for label in _columns())
    return Sheet(
        kind=kind, name=name, id=name, title=title, columns=columns, rows=tuple(rows), details=details, note=note
    )


def _columns() -> tuple[str, ...]:
    return _("字段"), _("字段名"), _("类型"), _("必填"), _("限制和选项"), _("何时隐藏")


def _rows(old: list[_Component], new: list[_Component]) -> list[Row]:
    matched = Matched(old, new, lambda one: one.id, _key_and_type, _key)
    moved = _moved(matched, old, new)
    return [_row(*matched.both(name), name in moved) for name in matched.order]


def _moved(matched: Matched[_Component], old: list[_Component], new: list[_Component]) -> set[str]:
    """In another group, in another row of the page, or elsewhere among the others of its group."""
    names_before = {old[place].id: name for name, place in matched.before.items()}
    names_after = {new[place].id: name for name, place in matched.after.items()}
    moved: set[str] = set()
    groups: dict[str, list[str]] = {}
    for name in matched.order:
        was, now = matched.both(name)
        if was is None or now is None:
            continue
        around = names_before.get(was.around, "")
        if around != names_after.get(now.around, "") or was.row != now.row:
            moved.add(name)
        else:
            groups.setdefault(around, []).append(name)
    for names in groups.values():
        befores = sorted(names, key=lambda name: matched.before[name])
        moved |= strays(befores, sorted(names, key=lambda name: matched.after[name]))
    return moved


def _row(was: _Component | None, now: _Component | None, moved: bool) -> Row:
    here = now or was
    assert here is not None
    details: tuple[Detail, ...] = ()
    kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.SAME
    if was is not None and now is not None:
        details = details_of(was.facts, now.facts)
        kind = Kind.CHANGED if details else Kind.MOVED if moved else Kind.SAME
    cells = tuple(
        (None if was is None else was.cells[place], None if now is None else now.cells[place])
        for place in range(len(_SHOWN))
    )
    title = here.facts["label"].text if "label" in here.facts else here.cells[1] or here.cells[2]
    return Row(kind, here.id, title, cells, details, here.depth)


def _key_and_type(one: _Component) -> str:
    return f"{_key(one)} {one.cells[2]}" if _key(one) else ""


def _key(one: _Component) -> str:
    return one.facts["key"].key if "key" in one.facts else ""


# ------------------------------------------------------------------ reading


def _read(content: bytes | None) -> tuple[Facts, list[_Component]] | None:
    schema = _load(content)
    if schema is None:
        return None
    whole = {
        key: fact({"id": _("表单编号"), "name": _("表单名称")}.get(key, _plain(key)), _plain(value))
        for key, value in schema.items()
        if key not in ("components", "exporter", "schemaVersion", "$schema")
    }
    return whole, list(_components(schema.get("components")))


def _load(content: bytes | None) -> dict[str, Any] | None:
    try:
        schema = json.loads(content or b"")
    except (ValueError, RecursionError):
        return None
    return schema if isinstance(schema, dict) else None


def _title(content: bytes | None) -> str:
    schema = _load(content) or {}
    name = schema.get("name")
    return clean(name.strip()[:80]) if isinstance(name, str) else ""


def _components(components: Any) -> Iterator[_Component]:
    """In the order of the form; ids that are missing or taken are made up from field name and number."""
    taken: set[str] = set()
    waiting: list[tuple[Any, str, int]] = [(components, "", 0)]
    todo: list[tuple[Mapping[str, Any], str, int]] = []
    while waiting or todo:
        if waiting:
            inner, around, depth = waiting.pop()
            children = [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []
            todo.extend((one, around, depth) for one in reversed(children))
            continue
        component, around, depth = todo.pop()
        made = _component(component, around, depth, taken)
        taken.add(made.id)
        yield made
        if len(taken) >= MAX_FIELDS:
            return
        if depth < MAX_DEPTH and "components" in component:
            waiting.append((component["components"], made.id, depth + 1))


def _component(component: Mapping[str, Any], around: str, depth: int, taken: set[str]) -> _Component:
    given = component.get("id")
    name = clean(given) if isinstance(given, str) and given else f"{component.get('type')}:{_key_of(component)}"
    id, number = name, 1
    while id in taken:
        number += 1
        id = f"{name}#{number}"
    facts = {code: one for code, one in _facts(component) if one.text}
    layout = component.get("layout")
    row = layout.get("row") if isinstance(layout, dict) else None
    limits = "；".join(f"{one.label} {one.text}" for code, one in facts.items() if code in _LIMITS)
    shown = {**{code: one.text for code, one in facts.items()}, "limits": limits}
    cells = tuple(shown.get(code, "") for code in _SHOWN)
    return _Component(id, around, row if isinstance(row, str) else "", depth, facts, cells)


_LIMITS = frozenset({"min", "max", "minLength", "maxLength", "pattern", "validationType", "options", "source", "unit"})


def _facts(component: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    get = component.get
    validate, appearance, conditional, properties, layout = (
        _object(get(name)) for name in ("validate", "appearance", "conditional", "properties", "layout")
    )
    label = next((get(one) for one in ("label", "dateLabel", "timeLabel") if get(one)), "")
    yield "label", fact(_("标题"), _plain(label))
    yield "key", fact(_("字段名"), _key_of(component))
    yield "type", fact(_("类型"), type_word(_plain(get("type")), _plain(get("subtype"))))
    yield "required", fact(_("必填"), _yes(validate.get("required")))
    yield "description", fact(_("说明"), _plain(get("description")))
    yield "text", fact(_("文字"), _plain(get("text")))
    for code, word in _limit_words().items():
        yield code, fact(word, _plain(validate.get(code)))
    yield "options", fact(_("选项"), _options(get("values")))
    yield "source", fact(_("选项来源"), _plain(properties.get("source")))
    yield "unit", fact(_("单位"), _plain(appearance.get("suffixAdorner")))
    yield "default", fact(_("默认值"), _plain(get("defaultValue")))
    yield "hide", fact(_("何时隐藏"), _plain(conditional.get("hide")))
    yield "readonly", fact(_("只读"), _yes(get("readonly")))
    yield "disabled", fact(_("停用"), _yes(get("disabled")))
    yield "expression", fact(_("公式"), _plain(get("expression")))
    yield "columns", fact(_("宽度"), _("{n} / 16 栏", n=layout["columns"]) if layout.get("columns") else "")
    for box, known in (
        (validate, {"required", *_limit_words()}),
        (appearance, {"suffixAdorner"}),
        (conditional, {"hide"}),
        (properties, {"source"}),
        (component, _KNOWN),
    ):
        for name, value in box.items():
            if name not in known:
                yield f"@{name}", fact(_plain(name), _plain(value))


_KNOWN = frozenset(
    {"id", "type", "subtype", "key", "path", "label", "dateLabel", "timeLabel", "description", "text", "values"}
    | {"defaultValue", "readonly", "disabled", "expression", "layout", "validate", "appearance", "conditional"}
    | {"properties", "components"}
)


def _limit_words() -> dict[str, str]:
    return {
        "min": _("最小"),
        "max": _("最大"),
        "minLength": _("最少字数"),
        "maxLength": _("最多字数"),
        "pattern": _("格式"),
        "validationType": _("格式要求"),
    }


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _key_of(component: Mapping[str, Any]) -> str:
    return _plain(component.get("key") or component.get("path"))


def _yes(value: Any) -> str:
    return "" if value in (None, False) else _("是") if value is True else _plain(value)


def _options(values: Any) -> str:
    if not isinstance(values, list):
        return _plain(values)
    told = []
    for one in values:
        label, value = (_plain(one.get("label")), _plain(one.get("value"))) if isinstance(one, dict) else ("", "")
        told.append(label if label == value else f"{label}（{value}）" if label or value else _plain(one))
    return "、".join(told)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value.strip())
    try:
        return clean(json.dumps(value, ensure_ascii=False))
    except (ValueError, RecursionError):
        return "…"


def type_word(kind: str, subtype: str = "") -> str:
    """What people call a component of a form."""
    if kind == "datetime":
        return {"date": _("日期"), "time": _("时间")}.get(subtype, _("日期时间"))
    words = {
        "textfield": _("单行文字"),
        "textarea": _("多行文字"),
        "number": _("数字"),
        "select": _("下拉选择"),
        "radio": _("单选"),
        "checklist": _("多选"),
        "taglist": _("多选标签"),
        "checkbox": _("勾选"),
        "expression": _("计算"),
        "text": _("说明文字"),
        "separator": _("分隔线"),
        "spacer": _("留白"),
        "image": _("图片"),
        "group": _("分组"),
        "dynamiclist": _("动态列表"),
    }
    return words.get(kind, kind)
