"""A draft ready to be tried: its diagram must be one an engine can run; forms and tables may still be wrong, which is
said only when a run gets there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine import bpmn
from engine.errors import DefinitionRefused, ExecutionError, Invalid
from engine.feel.dmn import Decision, by_namespace, sound_decisions
from engine.forms import Form
from engine.i18n import _, language
from engine.parts import Parts
from engine.variables import Sources, variable_labels

# What is parsed never changes and is shared: a run is played again at every step, mostly over the same files.
_diagram = lru_cache(maxsize=16)(bpmn.parse)
_form = lru_cache(maxsize=128)(Form.parse)


@lru_cache(maxsize=64)
def _tables(content: bytes, files: tuple[bytes, ...]) -> dict[str, Decision]:
    """The decisions of one of the files, which may import each other."""
    return sound_decisions(content, by_namespace(files))


@lru_cache(maxsize=16)
def _labels(
    diagram: bytes, key: str, forms: tuple[tuple[str, bytes], ...], decisions: tuple[bytes, ...], _language: str
) -> Mapping[str, str]:
    return variable_labels(diagram, key, Sources(dict(forms), decisions, {}))


@dataclass(frozen=True)
class Procedure:
    """The diagram, decision tables by id, form files by name, and what variables are called. Tables of a refused file
    are not among them."""

    definition: bpmn.Definition
    decisions: Mapping[str, Decision]
    forms: Mapping[str, bytes]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, parts: Parts) -> Procedure:
        """Raises `Invalid` while the diagram has findings of the standard."""
        try:
            definition = _diagram(parts.diagram)
        except DefinitionRefused as error:
            told = "；".join(str(finding).rstrip("。") for finding in error.findings[:3])
            message = _(
                "流程图还有 {n} 处问题，改好后才能试运行：{list}。草稿和已试的步骤都还在。",
                n=len(error.findings),
                list=told,
            )
            raise Invalid(message) from None
        decisions: dict[str, Decision] = {}
        files = tuple(parts.decisions.values())
        for content in files:
            try:
                decisions |= _tables(content, files)
            except DefinitionRefused:
                continue  # whoever needs one of its tables is told
        labels = _labels(
            parts.diagram, definition.key, tuple(parts.forms.items()), tuple(parts.decisions.values()), language()
        )
        return cls(definition, decisions, parts.forms, labels)

    def form(self, node: bpmn.Node) -> Form | None:
        """The form of a user task or of the start event; `ExecutionError` where the draft has none that is in order."""
        if node.form is None:
            return None
        content = self.forms.get(node.form)
        if content is None:
            raise ExecutionError(
                _("“{step}”要用的表单“{form}”还不存在，请先新建它或改选别的表单。", step=node.name, form=node.form)
            )
        try:
            return _form(content)
        except DefinitionRefused as error:
            raise ExecutionError(
                _(
                    "“{step}”的表单“{form}”还有 {n} 处问题：{first}",
                    step=node.name,
                    form=node.form,
                    n=len(error.findings),
                    first=error.findings[0],
                )
            ) from None

    def decision(self, decision_id: str) -> Decision:
        """The table of that id; `ExecutionError` where the draft has none that is in order."""
        found = self.decisions.get(decision_id)
        if found is None:
            raise ExecutionError(_("决策表“{id}”还不存在，或它的文件还有问题。请先改好决策表再试。", id=decision_id))
        return found
