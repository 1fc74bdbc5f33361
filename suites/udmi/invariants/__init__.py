"""Clauses on every message of a whole run, whatever is being tested."""
