"""Fuzzing agents and devices of an update."""
