"""Older running cases are looked at once more for what they wait for

Those that waited for a message or signal before 0006 have no row in `subscription`, so nothing would ever reach them.
`note_standings` reads the states when the scheduler starts; a migration cannot: a state is the engine's own.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE instance SET standing = NULL WHERE state = 'running' AND NOT EXISTS"
        " (SELECT 1 FROM subscription WHERE subscription.instance_id = instance.id)"
    )


def downgrade() -> None:
    pass  # what was noted again is right in 0006, too
