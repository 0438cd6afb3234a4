"""A project knows its acceptance: result, day, certificate, and from when it may be put forward again"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("acceptance_result", sa.String(20)))
    op.add_column("project", sa.Column("accepted_on", sa.Date()))
    op.add_column("project", sa.Column("certificate", sa.String(40)))
    op.add_column("project", sa.Column("acceptance_from", sa.Date()))


def downgrade() -> None:
    for name in ("acceptance_from", "certificate", "accepted_on", "acceptance_result"):
        op.drop_column("project", name)
