"""Loads that are stopped, disturbed or run at once."""
