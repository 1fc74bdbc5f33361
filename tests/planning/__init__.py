"""The verdicts of a run, before it."""
