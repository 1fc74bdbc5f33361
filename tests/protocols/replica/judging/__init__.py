"""Judging a replica service by records."""
