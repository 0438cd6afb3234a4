"""A vote in words: its rule as drawn, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.expressions import feel_of
from engine.bpmn.voting import least
from engine.i18n import _


def rule_drawn(rule: str, value: str) -> str:
    """至少 3 人同意, 全体的 66% 同意 …; a value that is computed stays the expression it is."""
    told = value.strip() if feel_of(value) is not None or rule == "at_least" else f"{value.strip()}%"
    return {
        "all": _("全体同意"),
        "at_least": _("至少 {n} 人同意", n=told),
        "percent_of_all": _("全体的 {share} 以上同意", share=told),
        "percent_of_voting": _("表态者（弃权、未表态不计）的 {share} 以上同意", share=told),
    }.get(rule, rule)


def rule_told(told: Mapping[str, Any]) -> str:
    """The rule of a vote with its values, from what the log says of its beginning (`Ballot.told`)."""
    rule, total = told["rule"], told["total"]
    if rule == "all":
        return _("全体 {n} 人都同意才通过", n=total)
    if rule == "at_least":
        return _("{total} 人中至少 {n} 人同意为通过", total=total, n=_least(told, 0))
    share = _share(told)
    if rule == "percent_of_all":
        return _("全体 {total} 人中 {share} 以上同意为通过", total=total, share=share)
    return _("同意和不同意的人中 {share} 以上同意为通过，弃权和未表态的不计", share=share)


def standing_told(told: Mapping[str, Any], done: int, agree: int) -> str:
    """4 / 5 已表态，同意 3，需 4: so many have answered, so many of them agree, so many must."""
    needed = _share(told) if told["rule"] == "percent_of_voting" else _least(told, 0)
    return _(
        "{done} / {all} 已表态，同意 {agree}，需 {needed}", done=done, all=told["total"], agree=agree, needed=needed
    )


def result_told(result: Mapping[str, Any]) -> str:
    """通过：同意 4，不同意 1，弃权 0，未表态 0，需 4, from what was counted (`Ballot.result`)."""
    verdict = _("一票否决") if result["vetoed"] else _("表决通过") if result["passed"] else _("表决未通过")
    numbers = {name: result[name] for name in ("agree", "oppose", "abstain", "silent", "needed")}
    counted = _("同意 {agree}，不同意 {oppose}，弃权 {abstain}，未表态 {silent}，需 {needed}", **numbers)
    return _("{verdict}：{counted}", verdict=verdict, counted=counted)


def _least(told: Mapping[str, Any], voting: int) -> int:
    return least(told["rule"], (told["numerator"], told["denominator"]), told["total"], voting)


def _share(told: Mapping[str, Any]) -> str:
    numerator, denominator = told["numerator"], told["denominator"]
    return f"{numerator}%" if denominator == 100 else f"{numerator}/{denominator}"
