"""Indexes that answer alone: what is counted need not be read"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WIDENED = {
    "task": {
        "ix_task_completed_by_completed_at": (["completed_by", "completed_at"], ["id", "instance_id"]),
        "ix_task_state_due_at": (["state", "due_at"], ["instance_id", "key"]),
        "ix_task_state_instance_id_due_at": (["state", "instance_id", "due_at", "due_unit"], ["key", "assignee_id"]),
        "ix_task_key_node_id_state": (
            ["key", "node_id", "state"],
            ["instance_id", "activity_id", "due_at", "created_at"],
        ),
    },
    "instance": {"ix_instance_starter_department_id_id": (["starter_department_id", "id"], ["state"])},
}
"""By table and index: the columns it had, and those it gets."""


def upgrade() -> None:
    for table, indexes in _WIDENED.items():
        for name, (columns, more) in indexes.items():
            op.drop_index(name, table_name=table)
            op.create_index(name, table, columns + more)
    op.create_index("ix_task_instance_id_activity_id", "task", ["instance_id", "activity_id"])
    op.create_index("ix_instance_state_key", "instance", ["state", "key"])


def downgrade() -> None:
    op.drop_index("ix_instance_state_key", table_name="instance")
    op.drop_index("ix_task_instance_id_activity_id", table_name="task")
    for table, indexes in _WIDENED.items():
        for name, (columns, _more) in indexes.items():
            op.drop_index(name, table_name=table)
            op.create_index(name, table, columns)
