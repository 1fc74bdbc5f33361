"""Scenarios of an update manager: whole updates, failures, commands out of turn, bad connections."""
