"""What concerns other cases, and work outside: jobs of all kinds, messages, subscriptions, suspended cases"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MIRRORED = sa.text("kind IN ('timer', 'remind', 'overdue')")
_OF_TOKEN = ["instance_id", "token_id", "node_id", "kind"]


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("correlation", sa.String(length=400), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sender_id", _KEY, nullable=True),
        sa.Column("node_id", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sender_id"], ["instance.id"], name=op.f("fk_message_sender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_name_correlation", "message", ["name", "correlation"])
    op.create_index("ix_message_sender_id", "message", ["sender_id"])
    op.create_table(
        "subscription",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("instance_id", _KEY, nullable=True),
        sa.Column("definition_id", _KEY, nullable=True),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("correlation", sa.String(length=400), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_subscription_instance_id")),
        sa.ForeignKeyConstraint(["definition_id"], ["definition.id"], name=op.f("fk_subscription_definition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_index("ix_subscription_kind_name_correlation", "subscription", ["kind", "name", "correlation"])
    op.create_index("ix_subscription_instance_id", "subscription", ["instance_id"])
    op.create_index("ix_subscription_definition_id", "subscription", ["definition_id"])
    with op.batch_alter_table("job", table_kwargs={"sqlite_autoincrement": True}) as job:
        job.drop_constraint("uq_job_instance_id_token_id_node_id_kind", type_="unique")
        job.alter_column("instance_id", existing_type=_KEY, nullable=True)
        job.add_column(sa.Column("source_id", _KEY, nullable=True))
        job.add_column(sa.Column("definition_id", _KEY, nullable=True))
        job.add_column(sa.Column("message_id", _KEY, nullable=True))
        job.add_column(sa.Column("payload", sa.LargeBinary(), nullable=True))
        job.add_column(sa.Column("lock_owner", sa.String(length=80), nullable=False, server_default=""))
        job.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
        job.create_foreign_key(op.f("fk_job_source_id"), "instance", ["source_id"], ["id"])
        job.create_foreign_key(op.f("fk_job_definition_id"), "definition", ["definition_id"], ["id"])
        job.create_foreign_key(op.f("fk_job_message_id"), "message", ["message_id"], ["id"])
    op.create_index(
        "ix_job_instance_id_token_id_node_id_kind",
        "job",
        _OF_TOKEN,
        unique=True,
        sqlite_where=_MIRRORED,
        postgresql_where=_MIRRORED,
    )
    op.create_index("ix_job_instance_id_kind", "job", ["instance_id", "kind"])
    op.create_index("ix_job_definition_id", "job", ["definition_id"])
    op.create_index("ix_job_message_id", "job", ["message_id"])
    with op.batch_alter_table("incident") as incident:
        incident.alter_column("instance_id", existing_type=_KEY, nullable=True)
        incident.add_column(sa.Column("job_id", _KEY, nullable=True))
        incident.add_column(sa.Column("resolved_by", _KEY, nullable=True))
        incident.add_column(sa.Column("resolution", sa.String(length=10), nullable=False, server_default=""))
        incident.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        incident.create_foreign_key(op.f("fk_incident_resolved_by"), "person", ["resolved_by"], ["id"])
    op.create_index("ix_incident_job_id", "incident", ["job_id"])
    op.add_column("instance", sa.Column("parent_token", sa.Integer(), nullable=True))
    op.add_column("instance", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("instance", "suspended_at")
    op.drop_column("instance", "parent_token")
    op.execute("DELETE FROM incident WHERE instance_id IS NULL")
    op.drop_index("ix_incident_job_id", table_name="incident")
    with op.batch_alter_table("incident") as incident:
        incident.drop_constraint(op.f("fk_incident_resolved_by"), type_="foreignkey")
        for name in ("note", "resolution", "resolved_by", "job_id"):
            incident.drop_column(name)
        incident.alter_column("instance_id", existing_type=_KEY, nullable=False)
    op.execute("DELETE FROM job WHERE kind NOT IN ('timer', 'remind', 'overdue')")
    for name in ("message_id", "definition_id", "instance_id_kind", "instance_id_token_id_node_id_kind"):
        op.drop_index(f"ix_job_{name}", table_name="job")
    with op.batch_alter_table("job") as job:
        for name in ("message_id", "definition_id", "source_id"):
            job.drop_constraint(op.f(f"fk_job_{name}"), type_="foreignkey")
        for name in ("locked_until", "lock_owner", "payload", "message_id", "definition_id", "source_id"):
            job.drop_column(name)
        job.alter_column("instance_id", existing_type=_KEY, nullable=False)
        job.create_unique_constraint("uq_job_instance_id_token_id_node_id_kind", _OF_TOKEN)
    op.drop_table("subscription")
    op.drop_table("message")
