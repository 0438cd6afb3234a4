"""Decision tables as people read them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.deployments import Deployed
from engine.feel.dmn import Aggregation, Decision, HitPolicy, condition_text, label_text, value_text
from engine.i18n import N_, _

_POLICIES = {
    HitPolicy.UNIQUE: N_("每次只会有一行符合"),
    HitPolicy.FIRST: N_("自上而下，取第一行符合的"),
    HitPolicy.ANY: N_("符合的各行结果相同"),
    HitPolicy.PRIORITY: N_("取结论最优先的一行"),
    HitPolicy.COLLECT: N_("取所有符合的行"),
    HitPolicy.RULE_ORDER: N_("取所有符合的行，按表中顺序"),
    HitPolicy.OUTPUT_ORDER: N_("取所有符合的行，按结论的先后"),
    None: N_("按表达式计算"),
}


_AGGREGATIONS = {
    Aggregation.SUM: N_("符合的各行相加"),
    Aggregation.MIN: N_("符合的各行里取最小"),
    Aggregation.MAX: N_("符合的各行里取最大"),
    Aggregation.COUNT: N_("数有几行符合"),
}


@dataclass(frozen=True)
class RuleView:
    """A row: what is asked ("" anything), what is answered, why."""

    index: int
    conditions: tuple[str, ...]
    answers: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class TableView:
    """A table: how it is read, its columns, its rows, and the steps that ask it. `upright`: it has so many columns
    and so few rules that the rules stand side by side."""

    id: str
    name: str
    policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[RuleView, ...]
    steps: tuple[str, ...]

    @property
    def upright(self) -> bool:
        """Whether it reads better with a column for each rule."""
        return len(self.inputs) + len(self.outputs) > 7 and len(self.rules) <= 4


def tables(deployed: Deployed) -> list[TableView]:
    """Every table of a version, those that the diagram asks first, in its order."""
    asked: dict[str, list[str]] = {}
    for node in deployed.process.nodes.values():
        if node.decision:
            asked.setdefault(node.decision, []).append(node.name)
    known = sorted(deployed.decisions, key=lambda key: (list(asked).index(key) if key in asked else len(asked), key))
    return [table_view(deployed.decisions[key], tuple(asked.get(key, ()))) for key in known]


def table_view(decision: Decision, steps: tuple[str, ...] = ()) -> TableView:
    """One table in words."""
    return TableView(
        id=decision.id,
        name=decision.name,
        policy=_policy(decision),
        inputs=tuple(label_text(column.label) or column.expression for column in decision.inputs),
        outputs=tuple(label_text(column.label) or column.name for column in decision.outputs),
        rules=tuple(
            RuleView(
                index=rule.index,
                conditions=tuple(
                    condition_text(cell, column.label)
                    for cell, column in zip(rule.inputs, decision.inputs, strict=True)
                ),
                answers=tuple(
                    value_text(cell, column.label) for cell, column in zip(rule.outputs, decision.outputs, strict=True)
                ),
                reason=rule.description,
            )
            for rule in decision.rules
        ),
        steps=steps,
    )


def _policy(decision: Decision) -> str:
    if decision.aggregation:
        return _(_AGGREGATIONS[decision.aggregation])
    words = _(_POLICIES[decision.hit_policy])
    return f"{words}：{decision.expression}" if decision.expression else words
