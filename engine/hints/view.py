"""The parts as all looks at them need them: read once, when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.bpmn.outline import Outline, outline
from engine.bpmn.written import Written, written_in
from engine.feel.dmn import Decision, by_namespace, sound_decisions
from engine.hints.form_texts import FormTexts, form_texts
from engine.parts import Parts
from engine.variables import Sources, Variable, known_variables


@dataclass(frozen=True)
class View:
    """The parts of one procedure, and what they refer to."""

    parts: Parts
    sources: Sources

    @cached_property
    def drawn(self) -> Outline:
        """The diagram's steps and flows."""
        return outline(self.parts.diagram)

    @cached_property
    def written(self) -> list[Written]:
        """The diagram's texts."""
        return written_in(self.parts.diagram)

    @cached_property
    def known(self) -> dict[str, list[Variable]]:
        """The variables known at each step, each flow and in the process."""
        return known_variables(self.parts.diagram, self.sources)

    @cached_property
    def forms(self) -> dict[str, FormTexts | None]:
        """The forms that the diagram uses, with their texts; None for one that is missing or cannot be read."""
        names = {step.said.get("form") for step in self.drawn.steps.values()}
        return {name: form_texts(self.parts.forms.get(name, b"")) for name in sorted(filter(None, names))}

    @cached_property
    def decisions(self) -> dict[str, Mapping[str, Decision]]:
        """The decisions of each file; none of one that cannot be read."""
        models = tuple(sorted(by_namespace(self.parts.decisions.values()).items()))
        return {name: _read(content, models) for name, content in self.parts.decisions.items()}

    @cached_property
    def asked(self) -> dict[str, list[str]]:
        """The ids of the tables that the diagram asks, and the steps that ask them."""
        found: dict[str, list[str]] = {}
        for step in self.drawn.steps.values():
            table = step.said.get("decision")
            if isinstance(table, str):
                found.setdefault(table, []).append(step.id)
        return found


@lru_cache(maxsize=64)
def _read(content: bytes, models: tuple[tuple[str, bytes], ...]) -> Mapping[str, Decision]:
    """Kept, so that what is known of its decisions is kept too. Whatever a hostile file provokes is told elsewhere."""
    try:
        return sound_decisions(content, dict(models))
    except Exception:
        return {}
