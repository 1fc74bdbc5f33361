"""Statuses that the device reports, of its points and of itself."""
