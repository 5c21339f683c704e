"""补学, what a kind requires on file, and words being typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_LINKS = {"session_id": "study_session", "person_id": "person"}


def upgrade() -> None:
    """Add two tables and two columns; nothing that was stored changes."""
    op.create_table(
        "make_up",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("session_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("cleared", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_make_up"),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{parent}.id"],
                name=f"fk_make_up_{column}",
                deferrable=True,
                initially="DEFERRED",
            )
            for column, parent in _LINKS.items()
        ),
    )
    for column in _LINKS:
        op.create_index(f"ix_make_up_{column}", "make_up", [column])
    op.create_table(
        "draft",
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("target", name="pk_draft"),
    )
    op.add_column("session_kind", sa.Column("evidence", sa.Text(), server_default="[]"))
    op.add_column("session_kind", sa.Column("make_up", sa.Integer(), autoincrement=False))
    # Made anew, so that an upgraded store is like a new one down to the last clause.
    with op.batch_alter_table("session_kind", recreate="always") as kinds:
        kinds.alter_column("evidence", server_default=None, nullable=False)
