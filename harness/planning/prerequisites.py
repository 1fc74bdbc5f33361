"""Prerequisites that judgements lack before a run: they are asked of an episode that has not been driven.

A judgement looks a label up, or asks what the profile declares, and raises where that is lacking. Here it asks so of a
history in which nothing was said. What is known without the device is noted, once for each question; every other
question has an unknown answer, and the judgement goes on to the next.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NoReturn

from harness.driving.scenario import Scenario
from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.verdicts.verdict import (
    CouldNotTest,
    NotObserved,
    NotShown,
    Unconfirmed,
    Undecided,
    Undeclared,
    Undocumented,
    Unprovided,
)
from harness.record.left_out import NotApplicable, OutOfView

Lack = NotApplicable | CouldNotTest | OutOfView | Undocumented


@dataclass
class MissingPrerequisites:
    """The needs that one judgement found lacking, in the order of its questions. `shown`: needs that are met."""

    shown: Container[str]
    lacks: list[Lack] = field(default_factory=list)

    def answer(self, ask: Callable[[], object]) -> object:
        """The answer to a question, as far as it is known without a device."""
        try:
            return self._about(ask())
        except (Undeclared, Unconfirmed, Unprovided, Undocumented) as lack:
            self.lacks.append(lack)
        except OutOfView as unseen:
            if unseen.needed not in self.shown:
                self.lacks.append(unseen)
        except WITHOUT_A_DEVICE:
            pass
        return UNKNOWN

    def _about(self, known: object) -> object:
        is_plain = known is None or isinstance(known, str | bytes | int | float | Enum | Unknown)
        return known if is_plain else DryRunAnswer(known, self)


class NotKnownYet(Exception):  # noqa: N818 - as with verdicts, no error of ours
    """A figure, an order or a place was asked of an answer that only a device can give."""


# How a question, or a judgement, ends that nothing was driven for. All else is a fault of ours.
WITHOUT_A_DEVICE = (
    NotObserved,
    NotShown,
    Undecided,
    CouldNotTest,
    NotApplicable,
    OutOfView,
    Undocumented,
    NotKnownYet,
)


def _not_known_yet(self: "Unknown", *_: object) -> NoReturn:
    raise NotKnownYet(f"{type(self).__name__} has no value before a device was driven")


class Unknown:
    """The answer to a question that only a device can answer. All that is asked of it is unknown, too.

    To reckon with it raises NotKnownYet.
    """

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _not_known_yet
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __neg__ = __abs__ = __round__ = _not_known_yet
    __lt__ = __le__ = __gt__ = __ge__ = __len__ = __getitem__ = __int__ = __float__ = __index__ = _not_known_yet

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return UNKNOWN

    def __call__(self, *_: object, **__: object) -> object:
        """Unknown."""
        return UNKNOWN

    def __iter__(self) -> Iterator[object]:
        return iter(())


UNKNOWN = Unknown()


class DryRunAnswer(Unknown):
    """An episode, or what one of its questions gave: asked before there is anything to judge."""

    def __init__(self, of: object, missing: MissingPrerequisites) -> None:
        self._of, self._missing = of, missing

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._missing.answer(lambda: getattr(self._of, name))

    def __call__(self, *given: object, **named: object) -> object:
        """The question as it is asked, of what the judgement takes for an episode."""
        ask = self._of
        if not callable(ask):
            return UNKNOWN
        plain = {name: _plain(value) for name, value in named.items()}
        return self._missing.answer(lambda: ask(*map(_plain, given), **plain))


@dataclass(frozen=True)
class DryRunEpisodes:
    """The episodes of a run that is only planned, by the names of their scenarios."""

    scenes: Mapping[str, Episode[History]]
    missing: MissingPrerequisites

    def episode(self, scenario: Scenario) -> DryRunAnswer:
        """For one judgement. All that ends the scenario early is known, as nothing else has happened."""
        of = self.scenes[scenario.name]
        try:
            of.history.went_all_the_way()
        except (NotApplicable, CouldNotTest, OutOfView) as end:
            self.missing.lacks.append(end)
        return DryRunAnswer(of, self.missing)


def _plain(given: object) -> object:
    return given._of if isinstance(given, DryRunAnswer) else given  # noqa: SLF001 - of the same module
