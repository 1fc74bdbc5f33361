"""Suites of a device with its update manager: the harness plays backend, owner, and agents."""
