"""Reads JSON that may be anything: every problem is listed, field by field, and nothing raises."""
