"""One form-js component after the other: what each may carry, and the field, group or list it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.errors import Finding
from engine.forms import choices, limits, ordering, papers, rules
from engine.forms.carried import PROPERTIES, RESERVED
from engine.forms.model import Computable, Field, Group, Node, Rows, Scope
from engine.forms.texts import has_markup, has_template, hidden_character, quoted_markup
from engine.i18n import _

MAX_COMPONENTS = 300
MAX_DEPTH = 20
MAX_TEXT = 5000

_IDENTIFIER = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]{0,59}")
_LOCAL_IMAGE = re.compile(r"/(?!/)[A-Za-z0-9._/-]{1,200}\.(png|jpg|jpeg|webp|gif)")

_PLAIN = frozenset({"text", "separator", "spacer", "image"})


def _refused(kind: str) -> str:
    """Why a component of form-js is not accepted, and what to use instead."""
    reasons = {
        "html": _("HTML 组件可以夹带脚本，不能使用；请改用文本组件"),
        "iframe": _("内嵌页面不能使用；请改用文本组件写明"),
        "button": _("表单里不放按钮，提交由办理栏负责；请删去"),
        "filepicker": _("附件由平台的附件区负责，表单里不放上传；请删去"),
        "documentPreview": _("附件由平台的附件区展示；请删去"),
        "table": _("表格组件的数据来自表达式，服务器无法核对；请改用动态列表"),
        "script": _("表单里不能有脚本；请删去"),
    }
    return reasons.get(kind, _("不认识 {kind} 这种组件；请改用文本、数字、选择、日期等组件", kind=kind[:40]))


class Reader:
    """Reads components into nodes and collects findings; one for each file.

    `text_names` are the names that computed texts look at: the browser needs their values, the server does not.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.text_names: frozenset[str] = frozenset()
        self._count = 0
        self._ids: set[str] = set()

    def note(self, code: str, message: str, component: Mapping[str, Any]) -> None:
        """Write down a problem at a component."""
        self.findings.append(Finding("house", code, _short(component.get("id")), _called(component), message))

    def scope(self, holder: Mapping[str, Any], depth: int = 0) -> Scope:
        """The scope of a root, group or list."""
        nodes = self._children(holder, (), depth)
        seen: dict[str, Node] = {}
        for node in nodes:
            if node.key in seen:
                where = {"id": node.id, "label": node.label}
                self.note("form.key.repeated", _("字段名 {key} 用了两次，请改掉一个", key=node.key), where)
            seen[node.key] = node
        unique = tuple(seen.values())
        return Scope(unique, self._order(unique, holder) if depth == 0 else ordering.inner_order(unique))

    def _order(self, nodes: tuple[Node, ...], holder: Mapping[str, Any]) -> tuple[Node, ...]:
        for node in nodes:
            if ordering.looks_at(node) & ordering.ROW_WORDS:
                where = {"id": node.id, "label": node.label}
                self.note("form.expression", _("this、parent、i 只能用在动态列表里"), where)
        order, circle = ordering.settle_order(nodes)
        if circle:
            names = "、".join(circle)
            self.note("form.circle", _("{names} 的条件或表达式互相依赖，请去掉其中一个", names=names), holder)
        return order

    def _children(self, holder: Mapping[str, Any], hides: tuple[Computable, ...], depth: int) -> list[Node]:
        components = holder.get("components", [])
        if not isinstance(components, list):
            self.note("form.components", _("components 须是列表"), holder)
            return []
        if depth > MAX_DEPTH:
            self.note("form.depth", _("嵌套超过 {n} 层，请减少分组", n=MAX_DEPTH), holder)
            return []
        nodes: list[Node] = []
        for component in components:
            self._count += 1
            if self._count == MAX_COMPONENTS + 1:
                self.note("form.size", _("组件超过 {n} 个，请拆成几张表单", n=MAX_COMPONENTS), holder)
            if self._count > MAX_COMPONENTS:
                break
            if isinstance(component, dict):
                nodes += self._component(component, hides, depth)
            else:
                self.note("form.component", _("components 里有一项不是组件，请删去"), holder)
        return nodes

    def _component(self, component: dict[str, Any], hides: tuple[Computable, ...], depth: int) -> list[Node]:
        kind = component.get("type")
        if not isinstance(kind, str) or kind not in PROPERTIES:
            self.note("form.component.refused", _refused(str(kind)), component)
            return []
        self._check_shape(component, PROPERTIES[kind])
        hides = (*hides, *rules.hide_condition(component, self))
        if kind in _PLAIN:
            self._check_plain(component)
            return []
        if kind == "group" and not component.get("path"):
            return self._children(component, hides, depth + 1)
        key = self._key(component, "path" if kind in ("group", "dynamiclist") else "key")
        label = _label(component) or key
        if kind == "group":
            inner = self.scope(component, depth + 1)
            return [Group(key=key, label=label, scope=inner, id=_short(component.get("id")), hides=hides)]
        if kind == "dynamiclist":
            return [self._rows(component, key, label, hides, depth)]
        if not _label(component) and kind != "expression":
            self.note("form.label", _("没有标题，填写的人不知道填什么；请写上"), component)
        return [self._field(component, key, label, hides)]

    def _rows(self, component: dict[str, Any], key: str, label: str, hides: tuple[Computable, ...], depth: int) -> Rows:
        inner = self.scope(component, depth + 1)
        first = rules.whole(component, "defaultRepetitions", self, default=1, most=100)
        if component.get("isRepeating", True) is not True:
            self.note("form.list", _("动态列表须可重复（isRepeating 为 true）；不重复请改用分组"), component)
        at_least, at_most = limits.row_limits(component, self)
        if component.get("allowAddRemove") is False:
            at_most = min(at_most, first)
        return Rows(
            key=key,
            label=label,
            scope=inner,
            id=_short(component.get("id")),
            hides=hides,
            at_least=at_least,
            at_most=at_most,
            first=max(first, at_least) if first else at_least,
        )

    def _field(self, component: dict[str, Any], key: str, label: str, hides: tuple[Computable, ...]) -> Field:
        kind = component["type"]
        prefix, unit = rules.adorners(component, self)
        pattern, pattern_message = rules.pattern(component, self)
        step = rules.number(component, "increment", self)
        if step is not None and step <= 0:
            self.note("form.increment", _("步长 increment 须大于 0"), component)
            step = None
        made = Field(
            key=key,
            label=label,
            type=kind,
            id=_short(component.get("id")),
            required=rules.required(component, self),
            description=_words(component.get("description")),
            hides=hides,
            readonly=rules.readonly(component, self),
            disabled=rules.flag(component, "disabled", self),
            default=component.get("defaultValue"),
            limits=limits.limits(component, self),
            limit_names=limits.limit_names(component),
            pattern=pattern,
            pattern_message=pattern_message,
            validation_type=rules.validation_type(component, self),
            decimals=rules.whole(component, "decimalDigits", self, default=None, most=10),
            step=step,
            prefix=prefix,
            unit=unit,
            subtype=rules.subtype(component, self),
            future_only=rules.flag(component, "disallowPassedDates", self),
            options=choices.options(component, self),
            source=choices.source(component, self),
            offer=choices.offer(component, self),
            formula=rules.formula(component, self),
            paper=self._paper(component),
        )
        rules.check_default(made, component, self)
        return made

    def _paper(self, component: dict[str, Any]) -> str:
        found = papers.paper_name(component)
        if isinstance(found, Finding):
            self.note(found.code, found.message, component)
        return found if isinstance(found, str) else ""

    def _key(self, component: dict[str, Any], name: str) -> str:
        """The key or path; a made-up one when it is missing or unusable, so that reading can go on."""
        key = component.get(name)
        stand_in = f"?{self._count}"
        if not isinstance(key, str) or not key:
            needed = _("必填的字段没有字段名（{name}），请写上", name=name)
            plain = _("没有字段名（{name}），填的内容无处可存；请写上", name=name)
            validate = component.get("validate")
            is_required = isinstance(validate, dict) and validate.get("required") is True
            self.note("form.key.missing", needed if is_required else plain, component)
            return stand_in
        if not _IDENTIFIER.fullmatch(key):
            message = _("字段名 {key} 只能用汉字、字母、数字和下划线，不以数字开头，最多 60 个字", key=key[:60])
            self.note("form.key", message, component)
            return stand_in
        if key.lower() in RESERVED or key.startswith("__"):
            self.note("form.key.reserved", _("字段名 {key} 是保留的词，请换一个", key=key), component)
            return stand_in
        return key

    def _check_shape(self, component: dict[str, Any], known: frozenset[str]) -> None:
        """Ids, unknown properties, and every text that people will see."""
        identity = component.get("id")
        if identity is not None and (not isinstance(identity, str) or identity in self._ids):
            self.note("form.id", _("组件的 id 重复或不是文字，请改成唯一的"), component)
        elif identity is not None:
            self._ids.add(identity)
        for name in sorted(set(component) - known):
            message = _(
                "{type} 组件不认识属性 {name}，写了也不起作用；请删去或改正", type=component["type"], name=name[:40]
            )
            self.note("form.property", message, component)
        for name in ("layout", "validate", "appearance", "conditional", "properties"):
            if name in component and not isinstance(component[name], dict):
                self.note("form.property", _("{name} 须是 JSON 对象", name=name), component)
                component[name] = {}
        for where, text in rules.texts(component):
            self.check_text(where, text, component)

    def check_text(self, where: str, text: Any, component: Mapping[str, Any]) -> None:
        """A text for people: no tag, no running link, no template, nothing invisible, FEEL only where it may be."""
        if not isinstance(text, str):
            self.note("form.text", _("{where} 须是文字", where=where), component)
        elif len(text) > MAX_TEXT:
            self.note("form.text", _("{where} 太长，最多 {n} 字", where=where, n=MAX_TEXT), component)
        elif text.startswith("="):
            if where not in ("text", "description"):
                self.note("form.text", _("{where} 不能用表达式，请写成文字", where=where), component)
                return
            expression = rules.compiled(text, where, component, self)
            if expression is not None and quoted_markup(text):
                self.note("form.markup", _("{where} 里有网页标签或脚本链接，请删去", where=where), component)
            elif expression is not None:
                self.text_names |= expression.names
        elif has_template(text):
            self.note(
                "form.template", _("{where} 里不能用 {{{{ }}}} 模板，请改用 = 开头的表达式", where=where), component
            )
        elif has_markup(text):
            self.note("form.markup", _("{where} 里有网页标签或脚本链接，请删去", where=where), component)
        elif hidden_character(text, lines=True):
            self.note("form.text", _("{where} 里有看不见的控制字符，请删去", where=where), component)

    def _check_plain(self, component: dict[str, Any]) -> None:
        if component["type"] != "image":
            return
        source = component.get("source")
        if not isinstance(source, str) or not _LOCAL_IMAGE.fullmatch(source) or ".." in source:
            self.note("form.image", _("图片只能用本站的地址（以 / 开头的 png、jpg、webp 或 gif）"), component)


def _label(component: Mapping[str, Any]) -> str:
    """The title as people see it; dates keep theirs under other names."""
    for name in ("label", "dateLabel", "timeLabel", "name"):
        text = component.get(name)
        if isinstance(text, str) and text.strip():
            return text.strip()[:100]
    return ""


def _called(component: Mapping[str, Any]) -> str:
    """What a finding calls the component: its title; one that never has a title goes by its kind."""
    names = {
        "html": _("HTML 组件"),
        "iframe": _("内嵌页面"),
        "image": _("图片"),
        "text": _("说明文字"),
        "separator": _("分隔线"),
        "spacer": _("空白"),
    }
    return _label(component) or names.get(str(component.get("type")), "")


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _short(value: Any) -> str:
    return value[:80] if isinstance(value, str) else ""
