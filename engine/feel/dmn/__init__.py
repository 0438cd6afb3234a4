"""Decision tables (DMN) over FEEL.

    decisions = parse_decisions(xml)
    decided = decisions["grade"].evaluate({"cost": 1000, "cost_change": 126})
    decided.value, decided.explanation        # {"level": "较大"}, "费用占比 12.6% ≥ 10%"

`reading` lets only harmless XML in, `parser` finds the decisions, `tables`, `boxed` and `definitions` read their logic
and types as parts of one syntax tree, `graph` puts what they require before them, `check` says all that is wrong at
once. `evaluator` runs a decision, `table` and `hits` its table; `explain` says why, `wording` tells the cells as people
read them.
"""

from engine.feel.dmn.matched import JudgedCell, MatchedRule
from engine.feel.dmn.model import Aggregation, Decided, Decision, HitPolicy, Input, Output, Rule
from engine.feel.dmn.parser import by_namespace, check_decisions, decision_ids, parse_decisions, sound_decisions
from engine.feel.dmn.trial import Trial, TriedRule, try_decision
from engine.feel.dmn.wording import answer_text, condition_text, label_text, value_text

__all__ = [
    "Aggregation",
    "Decided",
    "Decision",
    "HitPolicy",
    "Input",
    "JudgedCell",
    "MatchedRule",
    "Output",
    "Rule",
    "Trial",
    "TriedRule",
    "answer_text",
    "by_namespace",
    "check_decisions",
    "condition_text",
    "decision_ids",
    "label_text",
    "parse_decisions",
    "sound_decisions",
    "try_decision",
    "value_text",
]
