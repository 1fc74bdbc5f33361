"""Fuzzing of any machine that can be told the time: random sequences by a seed, and the shortest that shows a fault."""

from harness.fuzzing.invariant import Invariant, broken
from harness.fuzzing.search import Accusation, SequenceSearch, chance
from harness.fuzzing.shortening import shortened

__all__ = ["Accusation", "Invariant", "SequenceSearch", "broken", "chance", "shortened"]
