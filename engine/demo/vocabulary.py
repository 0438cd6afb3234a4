"""What people of a procedure write: `workflows/<key>/demo.yaml`, and general words for what it does not name.

    share: 3                       how many cases begin, beside other procedures (1 without it)
    words: {unit: [执法支队, …]}     drawn once for a case, put into texts as {unit}
    themes: [{weight: 2, change_title: "{unit}终端增补", reason: …}]      fields that belong together, drawn for a case
    fields: {cost_change: {low: 0.5, high: 60, negative: 0.2}}           by the key of the field, in every form
    exams:  {answers: [0.5, 1]}    by the field of an exam: the share of its points that is earned, least and most
    steps:  {verify: {acts: {pass: 86, rework: 14}, opinions: {pass: [核对一致。]}, data: {rework: {result: 不一致}}}}

A value is a text, a number or a yes/no; a list to choose from; FEEL after "="; or one of `{low, high, negative}` (small
numbers more often), `{weights: {value: n}}`, `{count: n or [least, most]}` (so many of the options),
`{days: [from, to]}` (counted from the day of the act).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from engine.errors import ExpressionError
from engine.feel import compile_expression, from_feel
from engine.forms import Field
from engine.forms.inputs import Given

HERE = Path(__file__).parent
_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Vocabulary:
    """The words of one procedure; empty ones where there is no file."""

    share: float = 1.0
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    themes: Sequence[Mapping[str, Any]] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Any] = field(default_factory=dict)
    exams: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def theme(self, rng: Random) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """What one case is about: fields that belong together, and the words that its texts share."""
        words = {name: rng.choice(list(choices)) for name, choices in self.words.items()}
        if not self.themes:
            return {}, words
        return rng.choices(self.themes, [theme.get("weight", 1) for theme in self.themes])[0], words


def vocabulary(root: Path, key: str) -> Vocabulary:
    """The words of the procedure `key`."""
    file = root / "workflows" / key / "demo.yaml"
    if not file.is_file():
        return Vocabulary()
    return Vocabulary(**yaml.safe_load(file.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Step:
    """Who writes now: one act at one step of one case (`engine.forms.filling.Writer`)."""

    vocabulary: Vocabulary
    theme: Mapping[str, Any]
    words: Mapping[str, str]
    node: str
    act: str
    rng: Random

    def write(self, field: Field, given: Given, names: Mapping[str, Any]) -> Any:
        """A value for the field, None where nothing is known of it."""
        step = self.vocabulary.steps.get(self.node, _NONE)
        for known in (step.get("data", _NONE).get(self.act, _NONE), self.theme, self.vocabulary.fields):
            if field.key in known:
                if not field.required and field.type != "checkbox" and self.rng.random() < 0.5:
                    return field.empty
                return self._drawn(known[field.key], given, names)
        if not field.required or field.pattern is not None or field.type not in ("textfield", "textarea"):
            return None
        texts = next((texts for pattern, texts in _labels() if pattern.search(field.label)), None)
        return self._drawn(texts, given, names) if texts else None

    def opinion(self, kind: str, required: bool) -> str:
        """What is said with the act; at times nothing where nothing must be said."""
        if not required and self.rng.random() < 0.45:
            return ""
        known = self.vocabulary.steps.get(self.node, _NONE).get("opinions", _NONE).get(self.act)
        text = self.rng.choice(known or _general()["opinions"].get(kind) or _general()["opinions"]["submit"])
        return self._text(text)

    def _text(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.words.get(found[1], found[0]), text)

    def _drawn(self, spec: Any, given: Given, names: Mapping[str, Any]) -> Any:
        if isinstance(spec, list):
            return self._drawn(self.rng.choice(spec), given, names)
        if isinstance(spec, str):
            return computed(spec, names) if spec.startswith("=") else self._text(spec)
        if not isinstance(spec, dict):
            return spec
        if "low" in spec:
            return self._number(spec)
        if "weights" in spec:
            return self._drawn(self.rng.choices(list(spec["weights"]), list(spec["weights"].values()))[0], given, names)
        if "days" in spec:
            return given.today + timedelta(days=self.rng.randint(*spec["days"]))
        return self._several(spec["count"], given, names)

    def _number(self, spec: Mapping[str, Any]) -> Decimal:
        low, high = float(spec["low"]), float(spec["high"])
        drawn = low + math.expm1(self.rng.random() * math.log1p(high - low))
        sign = -1 if self.rng.random() < spec.get("negative", 0) else 1
        return Decimal(str(round(drawn, 2))) * sign

    def _several(self, count: Any, given: Given, names: Mapping[str, Any]) -> list[Any]:
        if isinstance(count, str):
            count = computed(count, names)
        if isinstance(count, list):
            count = self.rng.randint(*count)
        values = [option.value for option in given.options]
        picked = set(self.rng.sample(range(len(values)), min(len(values), int(count or 1))))
        return [value for index, value in enumerate(values) if index in picked]


def computed(text: str, names: Mapping[str, Any]) -> Any:
    """The value of FEEL after "="; None where the case's variables do not allow one."""
    try:
        return from_feel(_expression(text)(names))
    except ExpressionError:
        return None


@cache
def _expression(text: str) -> Any:
    return compile_expression(text[1:].strip())


@cache
def _general() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
    return found


@cache
def _labels() -> list[tuple[re.Pattern[str], list[str]]]:
    return [(re.compile(pattern), texts) for pattern, texts in _general()["labels"].items()]
