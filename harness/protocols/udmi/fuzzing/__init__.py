"""Fuzzing of a UDMI device: steps, sequences, invariants, and the search for the shortest."""
