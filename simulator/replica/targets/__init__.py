"""Targets of the replica plug: what `--device` names."""
