"""佐证材料: the files of sessions and talks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LINKS = {"session_id": "study_session", "talk_id": "talk"}


def upgrade() -> None:
    """Make the table; nothing that was stored changes."""
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("session_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=True, autoincrement=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.CheckConstraint("size >= 0", name=op.f("ck_evidence_size")),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{parent}.id"],
                name=f"fk_evidence_{column}",
                deferrable=True,
                initially="DEFERRED",
            )
            for column, parent in _LINKS.items()
        ),
    )
    for column in _LINKS:
        op.create_index(f"ix_evidence_{column}", "evidence", [column])
