"""Deviations and quirks in how configs are taken."""
