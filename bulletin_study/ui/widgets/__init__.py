"""Reusable painted pieces of the window."""
