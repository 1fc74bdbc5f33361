"""Deviations and quirks in the form and rate of messages."""
