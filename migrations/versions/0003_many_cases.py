"""Figures of closed days, where cases stand, and indexes for tens of thousands of cases"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNTS = ("begun", "finished", "limited", "late", "returned", "rejected", "withdrawn")
_INDEXES = {
    "instance": {
        "ix_instance_started_at": ["started_at"],
        "ix_instance_outcome_id": ["outcome", "id"],
        "ix_instance_starter_department_id_id": ["starter_department_id", "id"],
        "ix_instance_key_ended_at": ["key", "ended_at"],
        "ix_instance_key_definition_id_state": ["key", "definition_id", "state"],
        "ix_instance_key_state_standing": ["key", "state", "standing"],
    },
    "task": {
        "ix_task_key_completed_at": ["key", "completed_at"],
        "ix_task_created_at": ["created_at"],
        "ix_task_state_instance_id_due_at": ["state", "instance_id", "due_at", "due_unit"],
        "ix_task_nobody_state": ["nobody", "state"],
    },
    "notification": {"ix_notification_person_id_id": ["person_id", "id"]},
    "task_candidate": {"ix_task_candidate_instance_id": ["instance_id"]},
    "incident": {"ix_incident_kind_resolved_at": ["kind", "resolved_at"]},
}


def upgrade() -> None:
    op.create_table(
        "day_figure",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("node_id", sa.String(length=120), nullable=False),
        sa.Column("department_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("day", "key", "node_id", "department_id", name=op.f("pk_day_figure")),
    )
    op.add_column("instance", sa.Column("standing", sa.String(length=400), nullable=True))
    op.drop_index("ix_instance_key_state", table_name="instance")
    for table, indexes in _INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(name, table, columns)


def downgrade() -> None:
    for table, indexes in _INDEXES.items():
        for name in indexes:
            op.drop_index(name, table_name=table)
    op.create_index("ix_instance_key_state", "instance", ["key", "state"])
    op.drop_column("instance", "standing")
    op.drop_table("day_figure")
