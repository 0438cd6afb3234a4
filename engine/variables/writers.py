"""What each step of a diagram leaves in the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from engine.bpmn.expressions import feel_of
from engine.bpmn.loops import MultiInstance
from engine.bpmn.model import Actions
from engine.bpmn.outline import Step
from engine.bpmn.voting import Vote
from engine.feel.dmn.outline import TableOutline
from engine.handler_sheets import HandlerSheet
from engine.i18n import _
from engine.variables.forms import form_variables
from engine.variables.model import Choice, Shape, Variable, merged, type_name
from engine.variables.platform import case_variable, loop_counter, loop_counts, withdraw_reason
from engine.variables.scripts import Known, shape_of
from engine.variables.tables import decided, tables_by_id

_KEPT = ("callActivity", "businessRuleTask", "scriptTask")
"""Where nothing but its output collection leaves a multi-instance."""

_OF_ITS_OWN = ("userTask", "businessRuleTask", "scriptTask")
"""Where an input parameter is a variable that the step itself sees; elsewhere it is handed to somebody else."""


@dataclass(frozen=True)
class Sources:
    """What a diagram refers to: forms by name, files of decision tables, handlers by topic."""

    forms: Mapping[str, bytes]
    decisions: Iterable[bytes]
    handlers: Mapping[str, HandlerSheet]

    @cached_property
    def tables(self) -> dict[str, TableOutline]:
        """The decision tables by id."""
        return tables_by_id(self.decisions)


def left_by(step: Step, known: Known, sources: Sources) -> list[Variable]:
    """The variables that are there once the step is done; `known` are those that it saw itself."""
    loop = step.said.get("multi_instance")
    if step.tag in (*_KEPT, "subProcess") and loop:  # what each instance finds out or is brought stays with it
        return _guessed(_collected(step, loop, known, sources))
    return [*_by_kind(step, known, sources), *_handed_out(step, known)]


def _handed_out(step: Step, known: Known) -> list[Variable]:
    """What any step may say to hand out: output parameters, data objects, what a called case brings."""
    origin = _("“{step}”的输出", step=step.name or step.id)
    return _guessed([shape_of(feel_of(text) or '""', known).named(name, name, origin) for name, text in step.writes])


def _by_kind(step: Step, known: Known, sources: Sources) -> list[Variable]:
    if step.waits_for == "message" and step.said.get("sender"):
        return [withdraw_reason()]
    if step.tag == "startEvent" and not step.inside:
        filled_in = _form(step, sources) if not step.waits_for else []
        return [*filled_in, *_taken(step, {one.name for one in filled_in}), case_variable()]
    if step.tag == "userTask":
        loop = step.said.get("multi_instance")
        if not loop:
            return _done_by_person(step, sources)
        return [*_guessed(_collected(step, loop, known, sources)), *_voted(step)]
    if step.tag == "businessRuleTask":
        return _decided(step, sources)
    if step.tag == "scriptTask":
        return _guessed(_computed(step, known))
    if step.tag == "serviceTask":
        return _guessed(_served(step, known, sources))
    if step.tag == "boundaryEvent":
        return _caught(step)
    return []


def _taken(step: Step, filled_in: Set[str]) -> list[Variable]:
    """What the process declares to take from who starts it; a field of the start form says more of it."""
    origin = _("流程的输入")
    return [
        replace(Shape(one.type, item=one.item).named(one.name, one.label, origin), always=one.required)
        for one in step.takes
        if one.name not in filled_in
    ]


def _guessed(found: list[Variable]) -> list[Variable]:
    """What was read from a text as far as it can be seen, or from the hints of a handler."""
    return [replace(one, guessed=True) for one in found]


def seen_inside(step: Step, known: Known, sources: Sources) -> list[Variable]:
    """What only the step itself sees: one item of a multi-instance and its counts, its input parameters, what it is
    about to write."""
    return [*_seen_by_kind(step, known, sources), *_put_in(step, known)]


def _put_in(step: Step, known: Known) -> list[Variable]:
    """The input parameters of a step as variables of its own."""
    if step.tag not in _OF_ITS_OWN:
        return []
    loop: MultiInstance | None = step.said.get("multi_instance")
    inner = {**known, **{one.name: one for one in (_element(step, loop, known) if loop else ())}}
    origin = _("“{step}”的输入", step=step.name or step.id)
    put = [shape_of(feel_of(text) or '""', inner).named(name, name, origin) for name, text in step.said["inputs"]]
    return [replace(one, own=True) for one in _guessed(put)]


def _seen_by_kind(step: Step, known: Known, sources: Sources) -> list[Variable]:
    loop: MultiInstance | None = step.said.get("multi_instance")
    if step.tag == "userTask" and loop is None:
        return [replace(one, own=True) for one in _done_by_person(step, sources)]
    if step.tag == "userTask" and loop is not None:
        found = [loop_counter(), *loop_counts(), *_element(step, loop, known)]
        found += [replace(one, own=True) for one in _done_by_person(step, sources)]
        return found + [replace(one, own=True) for one in _collected(step, loop, known, sources)]
    if step.tag in _KEPT and loop is not None:
        found = [loop_counter(), *loop_counts(), *_element(step, loop, known)]
        return found + [replace(one, own=True) for one in _found_out(step, known, sources)]
    if step.tag == "serviceTask":
        return [replace(one, own=True) for one in _answered(step, sources)]
    return []


def items_of(step: Step, known: Known) -> list[Variable]:
    """What the steps inside a subprocess that runs once for each item see of theirs; nothing in any other."""
    loop: MultiInstance | None = step.said.get("multi_instance")
    if step.tag != "subProcess" or loop is None:
        return []
    return [replace(one, own=False) for one in (loop_counter(), *_element(step, loop, known))]


def _form(step: Step, sources: Sources) -> list[Variable]:
    name = step.said.get("form") or ""
    origin = _("发起表单") if step.tag == "startEvent" else _("“{step}”的表单", step=step.name or step.id)
    return form_variables(sources.forms.get(name, b""), origin)


def _done_by_person(step: Step, sources: Sources) -> list[Variable]:
    found = _form(step, sources)
    actions: Actions | None = step.said.get("actions")
    if actions is not None and actions.variable:
        name = step.name or step.id
        choices = tuple(Choice(item.value, item.label or item.value) for item in actions.items if item.value)
        labels = "、".join(choice.label for choice in choices)
        detail = _("{type}：{what}", type=type_name("string"), what=labels) if labels else type_name("string")
        origin = _("“{step}”的办理动作", step=name)
        label = _("{step}的结果", step=name)
        found.append(
            Variable(
                name=actions.variable,
                label=label,
                type="string",
                detail=detail,
                choices=choices,
                origin=origin,
                closed=len(choices) == len(actions.items),
            )
        )
        found.append(
            Variable(
                name=f"{actions.variable}_by",
                label=_("{step}的办理人", step=name),
                type="string",
                detail=_("{type}：{what}", type=type_name("string"), what=_("人员账号")),
                origin=origin,
            )
        )
    return found


def _element(step: Step, loop: MultiInstance, known: Known) -> list[Variable]:
    if not loop.element:
        return []
    collection = shape_of(feel_of(loop.collection) or loop.collection, known)
    label = _("会签的一项")
    each = Shape(collection.item, collection.fields).named(loop.element, label, _("会签集合"))
    source = known.get((feel_of(loop.collection) or "").strip())
    if source is not None:
        each = replace(each, label=_("{label}中的一项", label=source.label or source.name), choices=source.choices)
        each = replace(each, closed=source.closed)
    return [replace(each, own=True)]


def _collected(step: Step, loop: MultiInstance, known: Known, sources: Sources) -> list[Variable]:
    if not loop.output_collection:
        return []
    written = _done_by_person(step, sources) if step.tag == "userTask" else _found_out(step, known, sources)
    around = [*known.values(), *_element(step, loop, known), *_put_in(step, known)]
    inner = {one.name: one for one in [*around, *written]}
    shape = shape_of(feel_of(loop.output_element or "") or "", inner)
    label = _("{step}的全部结果", step=step.name or step.id)
    origin = _("“{step}”会签汇总", step=step.name or step.id)
    return [Shape("list", shape.fields, shape.type).named(loop.output_collection, label, origin)]


def _found_out(step: Step, known: Known, sources: Sources) -> list[Variable]:
    """What one instance of a multi-instance without people has when it is done."""
    return [*_by_kind(step, known, sources), *_handed_out(step, known)]


def _voted(step: Step) -> list[Variable]:
    """What a vote leaves when it is over."""
    vote: Vote | None = step.said.get("vote")
    if vote is None or not vote.result:
        return []
    numbers = {
        "total": _("参加人数"),
        "agree": _("同意人数"),
        "oppose": _("不同意人数"),
        "abstain": _("弃权人数"),
        "silent": _("未表态人数"),
        "needed": _("通过需要的同意人数"),
    }
    booleans = {"passed": _("是否通过"), "vetoed": _("是否被一票否决")}
    fields = [
        replace(Shape(kind).named(name, label), whole=kind == "number", least=Decimal(0) if kind == "number" else None)
        for kind, labels in (("number", numbers), ("boolean", booleans))
        for name, label in labels.items()
    ]
    name = step.name or step.id
    label, origin = _("{step}的表决结果", step=name), _("“{step}”会签计票", step=name)
    return [Shape("context", tuple(fields)).named(vote.result, label, origin)]


def _decided(step: Step, sources: Sources) -> list[Variable]:
    name = step.said.get("result_variable")
    if not name:
        return []
    table = sources.tables.get(step.said.get("decision") or "")
    if table is None:
        return [Shape().named(name, step.name, _("“{step}”的决策结果", step=step.name or step.id))]
    return [decided(table, step.said.get("decision_mapping") or "singleResult", name, step.name)]


def _computed(step: Step, known: Known) -> list[Variable]:
    name = step.said.get("result_variable")
    if not name:
        return []
    return [shape_of(step.script, known).named(name, step.name, _("脚本“{step}”", step=step.name or step.id))]


def _answered(step: Step, sources: Sources) -> list[Variable]:
    """The results of the handler, which output parameters read."""
    sheet = sources.handlers.get(step.said.get("topic") or "")
    origin = _("处理器“{topic}”", topic=step.said.get("topic") or "")
    return [
        Shape(one.type).named(one.name, one.summary or one.name, origin) for one in (sheet.outputs if sheet else ())
    ]


def _served(step: Step, known: Known, sources: Sources) -> list[Variable]:
    answers = _answered(step, sources)
    origin = _("自动步骤“{step}”", step=step.name or step.id)
    outputs = step.said.get("outputs") or ()
    if outputs:
        inner = {**known, **{one.name: one for one in answers}}
        found = []
        for name, text in outputs:
            source = inner.get((feel_of(text) or "").strip())
            shape = shape_of(feel_of(text) or '""', inner)
            found.append(shape.named(name, source.label if source else name, origin))
        return found
    result = step.said.get("result_variable")
    fields = tuple(replace(one, origin="") for one in merged(answers))
    return [Shape("context", fields).named(result, step.name, origin)] if result else []


def _caught(step: Step) -> list[Variable]:
    found = []
    origin = _("错误“{step}”", step=step.name or step.id)
    for key, label in (("error_code_variable", _("错误代码")), ("error_message_variable", _("错误说明"))):
        name = step.said.get(key)
        if name:
            found.append(Shape("string").named(name, label, origin))
    return found
