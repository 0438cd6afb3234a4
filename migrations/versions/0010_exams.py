"""Exams: bank of questions, blueprints, papers, answers; the training archive"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "exam_question",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_question")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_question_code")),
    )
    op.create_index(op.f("ix_exam_question_kind"), "exam_question", ["kind"])
    op.create_table(
        "exam_question_tag",
        sa.Column("question_id", KEY, sa.ForeignKey("exam_question.id"), nullable=False),
        sa.Column("tag", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "tag", name=op.f("pk_exam_question_tag")),
    )
    op.create_index(op.f("ix_exam_question_tag_tag"), "exam_question_tag", ["tag"])
    op.create_table(
        "exam_question_version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("question_id", KEY, sa.ForeignKey("exam_question.id"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", KEY, sa.ForeignKey("person.id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_question_version")),
        sa.UniqueConstraint("question_id", "revision", name=op.f("uq_exam_question_version_question_id_revision")),
    )
    op.create_table(
        "exam_blueprint",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("rules", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", KEY, sa.ForeignKey("person.id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_blueprint")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_blueprint_code")),
    )
    op.create_table(
        "exam_paper",
        sa.Column("id", KEY, nullable=False),
        sa.Column("blueprint", sa.String(60), nullable=False),
        sa.Column("seed", sa.String(200), nullable=False),
        sa.Column("rules", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("points", sa.String(40), nullable=False),
        sa.Column("instance_id", KEY, sa.ForeignKey("instance.id")),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.Column("graded", sa.LargeBinary()),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id")),
        sa.Column("permille", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_paper")),
    )
    op.create_index(op.f("ix_exam_paper_instance_id"), "exam_paper", ["instance_id"])
    op.create_index(op.f("ix_exam_paper_person_id"), "exam_paper", ["person_id"])
    op.create_table(
        "exam_answer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("paper_id", KEY, sa.ForeignKey("exam_paper.id"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("question_id", KEY, sa.ForeignKey("exam_question.id"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.String(26), nullable=False),
        sa.Column("permille", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_answer")),
        sa.UniqueConstraint("paper_id", "no", name=op.f("uq_exam_answer_paper_id_no")),
    )
    op.create_index(op.f("ix_exam_answer_question_id"), "exam_answer", ["question_id"])
    op.create_table(
        "training_record",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("score", sa.String(40)),
        sa.Column("hours", sa.String(40)),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("instance_id", KEY, sa.ForeignKey("instance.id")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
    )
    op.create_index(op.f("ix_training_record_person_id"), "training_record", ["person_id"])
    op.create_index(op.f("ix_training_record_on"), "training_record", ["on"])


def downgrade() -> None:
    for name in ("training_record", "exam_answer", "exam_paper", "exam_blueprint"):
        op.drop_table(name)
    for name in ("exam_question_version", "exam_question_tag", "exam_question"):
        op.drop_table(name)
