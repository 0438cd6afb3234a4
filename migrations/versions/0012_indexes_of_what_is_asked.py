"""Indexes hold the rows that pages ask for: open tasks, finished tasks, jobs that have the reference"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OPEN, _OVER = "state = 'open'", "completed_at IS NOT NULL"
_BY = "completed_by IS NOT NULL"
_NEW: dict[str, tuple[str, list[str], str]] = {
    "ix_task_open_assignee_id": ("task", ["assignee_id", "due_at"], _OPEN),
    "ix_task_open_due_at": ("task", ["due_at", "instance_id", "key"], _OPEN),
    "ix_task_open_instance_id": ("task", ["instance_id", "due_at", "due_unit", "key", "assignee_id"], _OPEN),
    "ix_task_open_key": ("task", ["key", "node_id", "instance_id", "activity_id", "due_at", "created_at"], _OPEN),
    "ix_task_over_completed_by": ("task", ["completed_by", "completed_at", "id", "instance_id"], _BY),
    "ix_task_over_completed_at": ("task", ["completed_at"], _OVER),
    "ix_task_over_key": ("task", ["key", "completed_at"], _OVER),
    "ix_task_nobody": ("task", ["state"], "nobody"),
    "ix_task_candidate_open_person_id": ("task_candidate", ["person_id"], "open"),
    "ix_job_definition_id": ("job", ["definition_id"], "definition_id IS NOT NULL"),
    "ix_job_message_id": ("job", ["message_id"], "message_id IS NOT NULL"),
    "ix_job_provisional": ("job", ["instance_id"], "provisional"),
}
_OLD: dict[str, tuple[str, list[str]]] = {
    "ix_task_assignee_id_state_due_at": ("task", ["assignee_id", "state", "due_at"]),
    "ix_task_state_due_at": ("task", ["state", "due_at", "instance_id", "key"]),
    "ix_task_state_instance_id_due_at": (
        "task",
        ["state", "instance_id", "due_at", "due_unit", "key", "assignee_id"],
    ),
    "ix_task_key_node_id_state": (
        "task",
        ["key", "node_id", "state", "instance_id", "activity_id", "due_at", "created_at"],
    ),
    "ix_task_completed_by_completed_at": ("task", ["completed_by", "completed_at", "id", "instance_id"]),
    "ix_task_completed_at": ("task", ["completed_at"]),
    "ix_task_key_completed_at": ("task", ["key", "completed_at"]),
    "ix_task_nobody_state": ("task", ["nobody", "state"]),
    "ix_task_candidate_person_id_open": ("task_candidate", ["person_id", "open"]),
    "ix_job_definition_id": ("job", ["definition_id"]),
    "ix_job_message_id": ("job", ["message_id"]),
    "ix_job_provisional": ("job", ["provisional"]),
}


def upgrade() -> None:
    for name, (table, _columns) in _OLD.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns, condition) in _NEW.items():
        op.create_index(name, table, columns, **_only(condition))


def downgrade() -> None:
    for name, (table, _columns, _condition) in _NEW.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns) in _OLD.items():
        op.create_index(name, table, columns)


def _only(condition: str) -> dict[str, Any]:
    """A flag is a number in SQLite."""
    in_sqlite = condition if " " in condition else f"{condition} = 1"
    return {"sqlite_where": sa.text(in_sqlite), "postgresql_where": sa.text(condition)}
