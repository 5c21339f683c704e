"""The same use cases without a window, for scheduled tasks, scripts and checks."""
