"""Alembic's environment: runs on the connection (and in the transaction) of its caller."""

from alembic import context

from bulletin_study.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
