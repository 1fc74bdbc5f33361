"""Judging: pure questions to what was recorded. The same records, the same answers."""
