"""SQLAlchemy and nothing else: engine, tables, unit of work, migrations."""
