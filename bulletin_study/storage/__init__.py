"""SQLAlchemy (engine, tables, unit of work, migrations), and the folder of files beside it."""
