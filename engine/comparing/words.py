"""The words for what diagrams say in codes."""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.comparing.model import Names
from engine.i18n import _


def text_of(element: Element | None) -> str:
    """The text of an expression."""
    return "" if element is None else (element.text or "").strip()


def yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def candidates(rule: str, value: str, names: Names) -> str:
    """角色“平台管理部”, “信息中心”的负责人 …"""
    if rule == "anyone":
        return _("任何人")
    if value.strip().startswith("="):
        kind = {"person": _("人员"), "role": _("角色"), "department": _("部门"), "leader": _("部门负责人")}.get(
            rule, rule
        )
        return f"{kind} {value.strip()}"
    known = {"role": names.roles, "person": names.people}.get(rule, names.departments)
    if rule == "several":
        parts = (part.strip().partition(":") for part in value.split(",") if part.strip())
        return _("、").join(candidates(one, code, names) for one, _colon, code in parts)
    told = "、".join(_called(part.strip(), known) for part in value.split(",") if part.strip())
    return {
        "role": _("角色{names}", names=told),
        "person": told,
        "department": _("{names}的人员", names=told),
        "leader": _("{names}的负责人", names=told),
    }.get(rule, f"{rule} {value}".strip())


def accounts(text: str, names: Names) -> str:
    """Accounts by name; an expression as it is."""
    if text.strip().startswith("=") or not text.strip():
        return text.strip()
    return "、".join(_called(part.strip(), names.people) for part in text.split(",") if part.strip())


def stand_in(text: str, names: Names) -> str:
    """`role:platform`, `leader`, `person:…` in words."""
    kind, _colon, value = text.partition(":")
    if text == "leader":
        return _("办理人的部门负责人")
    if kind == "role":
        return _("角色{names}", names=_called(value.strip(), names.roles))
    if kind == "person":
        return accounts(value, names)
    return text


def amount(text: str, unit: str) -> str:
    """3 个工作日, 48 小时; an expression with its unit behind it."""
    if not text.strip():
        return ""
    return _("{n} 小时", n=text.strip()) if unit == "hour" else _("{n} 个工作日", n=text.strip())


def action(element: Element) -> str:
    """“同意”（批准，须写意见）."""
    kinds = {
        "approve": _("批准"),
        "submit": _("提交"),
        "agree": _("同意"),
        "oppose": _("不同意"),
        "abstain": _("弃权"),
        "return": _("退回"),
        "reject": _("驳回"),
        "rework": _("返工"),
    }
    opinions = {"required": _("须写意见"), "optional": _("意见可不写"), "none": _("不写意见")}
    kind, opinion = element.get("kind") or "", element.get("opinion") or "optional"
    told = _("“{label}”（{kind}，{opinion}）")
    return told.format(
        label=element.get("label") or "", kind=kinds.get(kind, kind), opinion=opinions.get(opinion, opinion)
    )


def clauses(text: str) -> str:
    """第2.2.3条、第4.2.1条."""
    numbers = text.replace(",", " ").replace("，", " ").split()
    return "、".join(_("第{number}条", number=number) for number in numbers)


def mapping(text: str) -> str:
    return {
        "singleEntry": _("取唯一的一个值"),
        "singleResult": _("取一组值"),
        "resultList": _("取每条规则的一组值"),
        "collectEntries": _("取每条规则的一个值"),
    }.get(text, text)


def outcome(text: str) -> str:
    """How an end event ends the case."""
    return {
        "completed": _("办结"),
        "rejected": _("驳回"),
        "withdrawn": _("撤销"),
        "rolled_back": _("已回退"),
        "lapsed": _("逾期失效"),
        "cancelled": _("已取消"),
    }.get(text, text)


def sender(text: str) -> str:
    return _("发起人") if text == "starter" else text


def _called(code: str, known: object) -> str:
    name = known.get(code) if isinstance(known, dict) else None
    return f"“{name}”" if name else code
