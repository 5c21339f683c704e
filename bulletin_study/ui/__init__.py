"""The window: PySide6, no SQL."""
