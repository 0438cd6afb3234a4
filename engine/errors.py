"""The one error hierarchy of the product.

    GuichengError                      anything the product says on purpose
    ├── Refused                        the request cannot be done; nothing was changed   (HTTP 409)
    │   ├── Stale                      somebody was faster, or the page is old           (409)
    │   ├── TaskTaken                  the task was finished or claimed by another       (409)
    │   └── NotNow                     the act is not allowed in this state              (409)
    ├── Forbidden                      this person may not do or see it                  (403)
    ├── NotFound                       there is no such thing, or not for this person    (404)
    ├── Invalid                        what was sent has errors that can be mended       (422)
    │   ├── InvalidForm                …by field
    │   └── InvalidFile                …in an upload                                     (422)
    ├── DefinitionRefused              a diagram, form or table cannot be accepted       (422)
    │   ├── DiagramRefused · FormRefused · DecisionRefused
    ├── ExpressionError                a FEEL text is wrong or cannot be evaluated
    ├── ExecutionError                 a case cannot move; the transaction is rolled back
    │   ├── HandlerFailed              a handler raised what no diagram catches
    │   └── StepLimitReached           no wait state was reached
    ├── StorageFull                    the disk or the database's space is used up           (500)
    └── ConfigurationError             the installation cannot start like this

Every error carries one or two Chinese sentences: what happened, that nothing was lost, what to do.
Doors map the class to a status in one place (`ui/errors.py`, `api/errors.py`); texts are never traces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.i18n import _


class GuichengError(Exception):
    """Base of everything the product raises on purpose; `str(error)` is fit for a person's eyes."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(GuichengError):
    """The request conflicts with the state of things; nothing was changed."""


class Stale(Refused):
    """The page was older than the case (optimistic lock)."""


class DesignStale(Stale):
    """Somebody changed the draft, or made a version of it, since the page was read.

    `by` is 姓名（部门）, `at` when, `revision` the present one of the part or draft. `gone` says that the draft itself
    is no more: published as `version`, or discarded.
    """

    def __init__(
        self,
        message: str,
        by: str = "",
        at: datetime | None = None,
        revision: int | None = None,
        gone: bool = False,
        version: int | None = None,
    ) -> None:
        super().__init__(message)
        self.by = by
        self.at = at
        self.revision = revision
        self.gone = gone
        self.version = version


class TaskTaken(Refused):
    """The task is no longer open: it says who finished or claimed it, and when."""


class NotNow(Refused):
    """The act exists but is not allowed in the present state."""


class CaseSuspended(NotNow):
    """An administrator has stopped the case; it goes on when he lets it."""


class Forbidden(GuichengError):
    """The person has no right to this act."""


class NotFound(GuichengError):
    """Nothing by that id that this person may see (deliberately the same answer for both)."""


class Invalid(GuichengError):
    """Input with errors a person can mend."""


class InvalidForm(Invalid):
    """A form with errors by field key; `errors` maps the key to a Chinese sentence that says how to mend it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("有 {n} 处需要修改，内容已保留。", n=len(errors)))
        self.errors = dict(errors)


class InvalidFile(Invalid):
    """An upload that was refused: size, type by content, or name."""


@dataclass(frozen=True)
class Finding:
    """One problem of a diagram, form or decision table.

    `level` is "standard" (no engine could run it), "house" (a rule of this product: role, form, deadline, clause,
    handler) or "hint" (worth a look, keeps nothing from being published). `element_id` and
    `element_name` point into the file; `message` is a Chinese sentence that says what to change. `file` names the file
    where several are judged together, else it is empty.
    """

    level: str
    code: str
    element_id: str
    element_name: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        where = self.element_name or self.element_id
        told = f"{where}（{self.element_id}）：{self.message}" if where else self.message
        return f"{self.file}：{told}" if self.file else told


class DefinitionRefused(GuichengError):
    """A diagram, form or decision table that was not accepted; all its problems at once in `findings`."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            _("有 {n} 处问题，没有部署：{list}", n=len(findings), list="；".join(str(f) for f in findings[:20]))
        )
        self.findings = tuple(findings)


@dataclass(frozen=True)
class PartFinding:
    """A finding with the part of a procedure it is about; `kind` is "diagram", "form", "decision" or "scenario"."""

    kind: str
    name: str
    finding: Finding


class PartsRefused(DefinitionRefused):
    """The parts of a procedure that cannot become a version; `parts` says which finding is about which part."""

    def __init__(self, parts: Sequence[PartFinding]) -> None:
        super().__init__([found.finding for found in parts])
        self.parts = tuple(parts)


class DiagramRefused(DefinitionRefused):
    """A BPMN file that the gate refused."""


class FormRefused(DefinitionRefused):
    """A form file that was refused."""


class DecisionRefused(DefinitionRefused):
    """A DMN file that was refused."""


class ExpressionError(GuichengError):
    """A FEEL text that cannot be read or evaluated."""


class ExecutionError(GuichengError):
    """A case that cannot move on; whoever called throws the execution away and nothing is saved."""


class HandlerFailed(ExecutionError):
    """A handler raised something that the diagram does not catch; `node_id` names the service task."""

    def __init__(self, node_id: str, message: str) -> None:
        super().__init__(message)
        self.node_id = node_id


class StepLimitReached(ExecutionError):
    """The execution did not come to rest within its step limit."""


class StorageFull(GuichengError):
    """Nothing more can be written: the transaction was rolled back."""


class ConfigurationError(GuichengError):
    """The installation's settings or state do not allow a start."""
