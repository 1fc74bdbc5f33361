"""Kinds of record, and the trace of a run in which they stand."""
