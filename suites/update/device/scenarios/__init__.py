"""Scenarios of backend, agents and owner: whole updates, failures of each phase, and bad connections."""
