"""Looks for a sequence in which a device breaks something, and makes it as short as it can.

A seed gives the same sequences in every process: they are drawn by `random.Random`, and by nothing else.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Generic, TypeVar

from harness.fuzzing.shortening import shortened

S = TypeVar("S")  # a step


@dataclass(frozen=True)
class Accusation(Generic[S]):
    """The broken requirement, its story, and the shortest sequence found that brings it out."""

    requirement: str
    story: str
    script: Sequence[S]


def chance(seed: int, number: int) -> Random:
    """By which the sequence of that number is drawn: the same whatever was drawn before it."""
    return Random(f"{seed}/{number}")  # noqa: S311 - drawn so that it can be drawn again


class SequenceSearch(ABC, Generic[S]):
    """A sequence is made of moves: each some steps that stay together, such as a message and the time behind it.

    `played` counts the sequences, shortening included; `until_found`: how many were played when the first was accused.
    """

    def __init__(self) -> None:
        self.played = self.until_found = 0

    @abstractmethod
    def drawn(self, random: Random) -> Sequence[Sequence[S]]:
        """A sequence, by that chance alone."""

    @abstractmethod
    def first_broken(self, script: Sequence[S]) -> tuple[str, str] | None:
        """The first requirement that is broken when these steps are played to a new device, and what happened."""

    def plainer(self, step: S) -> Iterable[S]:
        """The plainer forms of a step, which are tried where it is needed; there need be none."""
        del step
        return ()

    def run(self, sequences: int, seed: int, *, shortens: bool = True) -> Accusation[S] | None:
        """The accusation; None if so many sequences brought out nothing."""
        for number in range(sequences):
            moves = self.drawn(chance(seed, number))
            if accusation := self.accuse(_flat(moves)):
                self.until_found = self.played
                return self._made_short(moves, accusation) if shortens else accusation
        return None

    def accuse(self, script: Sequence[S]) -> Accusation[S] | None:
        """Play one sequence, and ask of every invariant whether it was kept: the first that was not."""
        self.played += 1
        told = self.first_broken(script)
        return Accusation(*told, tuple(script)) if told else None

    def _made_short(self, moves: Sequence[Sequence[S]], first: Accusation[S]) -> Accusation[S]:
        """Shortened for as long as it breaks the same requirement."""
        latest = first

        def shows(fewer: Sequence[Sequence[S]]) -> bool:
            nonlocal latest
            accusation = self.accuse(_flat(fewer))
            if accusation is None or accusation.requirement != first.requirement:
                return False
            latest = accusation
            return True

        shortened(moves, shows, self._plainer_moves)
        return latest

    def _plainer_moves(self, move: Sequence[S]) -> Iterable[Sequence[S]]:
        for place, step in enumerate(move):
            for plainer in self.plainer(step):
                yield (*move[:place], plainer, *move[place + 1 :])


def _flat(moves: Sequence[Sequence[S]]) -> Sequence[S]:
    return tuple(chain.from_iterable(moves))
