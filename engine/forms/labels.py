"""What people call the names that a form's expressions see, for sentences about its rules."""

from __future__ import annotations

from engine.forms.model import Group, Rows, Scope


def labels_of(scope: Scope, before: str = "") -> dict[str, str]:
    """Labels by name: `a`, `group.a` in a group, `this.a` in rows, and `a=value` for what a choice is called."""
    found: dict[str, str] = {}
    for node in scope.nodes:
        name = before + node.key
        found.setdefault(name, node.label)
        if isinstance(node, Group):
            found = {**labels_of(node.scope, f"{name}."), **found}
        elif isinstance(node, Rows):
            found = {**labels_of(node.scope, "this."), **found}
        else:
            found |= {f"{name}={option.value}": option.label for option in node.options}
    return found
