"""Suites of an update agent: the harness plays its update manager."""
