"""The index of written words. Whoever upgrades fills it afterwards, from the rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEY = ("shelf", "gram")


def upgrade() -> None:
    """Add the table; nothing that was stored changes."""
    op.create_table(
        "text_gram",
        *(sa.Column(name, sa.Integer(), nullable=False, autoincrement=False) for name in _KEY),
        sa.Column("docs", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*_KEY, name="pk_text_gram"),
        sqlite_with_rowid=False,
    )
