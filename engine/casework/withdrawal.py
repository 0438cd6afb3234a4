"""When 撤销 is offered: one rule for the button and for the command."""

from __future__ import annotations

from engine import bpmn

MESSAGE = "withdraw"
"""Name of the message that a diagram's event subprocess for 撤销 starts with."""


def withdrawal_start(execution: bpmn.Execution) -> bpmn.Node | None:
    """The start event that waits for `withdraw` and is available now, None when 撤销 is not possible."""
    return next((start for name, start in execution.messages if name == MESSAGE), None)
