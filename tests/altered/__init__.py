"""Recorded episodes, altered: the verdict must follow what was changed, and nothing else."""
