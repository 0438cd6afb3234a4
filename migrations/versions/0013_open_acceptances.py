"""A project knows the case that has put it forward for acceptance; the documents of a year are found by their day"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_document_created_at", "document", ["created_at", "instance_id"])
    op.add_column("project", sa.Column("accepting", sa.String(24)))


def downgrade() -> None:
    op.drop_column("project", "accepting")
    op.drop_index("ix_document_created_at", table_name="document")
