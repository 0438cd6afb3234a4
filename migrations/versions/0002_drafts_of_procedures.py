"""Drafts of procedures, and the log of what happened to every definition"""

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "design",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_design_created_by")),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_design_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design")),
        sa.UniqueConstraint("key", name=op.f("uq_design_key")),
    )
    op.create_table(
        "design_copy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("replaced_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_design_copy_author_id")),
        sa.ForeignKeyConstraint(["replaced_by"], ["person.id"], name=op.f("fk_design_copy_replaced_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_copy")),
    )
    with op.batch_alter_table("design_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_copy_key"), ["key"], unique=False)

    op.create_table(
        "procedure_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_procedure_event_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_event")),
        sa.UniqueConstraint("key", "seq", name=op.f("uq_procedure_event_key_seq")),
    )
    op.create_table(
        "design_editor",
        sa.Column("design_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_editor_design_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_design_editor_person_id")),
        sa.PrimaryKeyConstraint("design_id", "person_id", name=op.f("pk_design_editor")),
    )
    op.create_table(
        "design_part",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("design_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_part_design_id")),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_design_part_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_part")),
        sa.UniqueConstraint("design_id", "kind", "name", name=op.f("uq_design_part_design_id_kind_name")),
    )

    _guard_the_log()
    _tell_what_was_deployed()


def _guard_the_log() -> None:
    """The log of definitions only grows."""
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
        op.execute(f"CREATE TRIGGER procedure_event_keep BEFORE DELETE ON procedure_event {refuse}")
        op.execute(f"CREATE TRIGGER procedure_event_fix BEFORE UPDATE ON procedure_event {refuse}")
        return
    op.execute(
        "CREATE TRIGGER procedure_event_keep BEFORE DELETE OR UPDATE ON procedure_event "
        "FOR EACH ROW EXECUTE FUNCTION event_refuse()"
    )


def _tell_what_was_deployed() -> None:
    """Versions that are there already begin the log: all of them came from files."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT d.key, d.version, d.created_at, p.content_hash FROM definition d "
            "JOIN deployment p ON p.id = d.deployment_id ORDER BY d.key, d.version"
        )
    ).all()
    seq, previous, last = 0, "", None
    for key, version, at, content_hash in found:
        seq, previous = (seq + 1, previous) if key == last else (1, "0" * 64)
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        facts = ("guicheng-procedure-1", previous, key, str(seq), moment.isoformat(timespec="microseconds"))
        facts += ("", "deployed", str(version), "", content_hash)
        encoded = [fact.encode() for fact in facts]
        previous = hashlib.sha256(b"".join(len(fact).to_bytes(4, "big") + fact for fact in encoded)).hexdigest()
        connection.execute(
            sa.text(
                "INSERT INTO procedure_event (key, seq, at, kind, version, note, content_hash, hash) "
                "VALUES (:key, :seq, :at, 'deployed', :version, '', :content_hash, :hash)"
            ),
            {"key": key, "seq": seq, "at": at, "version": version, "content_hash": content_hash, "hash": previous},
        )
        last = key


def downgrade() -> None:
    op.drop_table("design_part")
    op.drop_table("design_editor")
    op.drop_table("procedure_event")
    with op.batch_alter_table("design_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_design_copy_key"))

    op.drop_table("design_copy")
    op.drop_table("design")
