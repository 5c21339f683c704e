"""Schema revisions. Each module of ``versions`` takes the schema one step on."""

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every revision this program knows, oldest first."""

HEAD = REVISIONS[-1]
