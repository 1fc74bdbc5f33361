"""Limits in time: what is measured is put before the limit, on it and past it, to the millisecond.

Over a network that may take `a` seconds a message, what is `a` or twice that past the limit may have been in time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from hypothesis import strategies as st

from tests.altered.alteration import HAIR, Alteration, Amounts, Effect, up_to
from tests.altered.edits import sent
from tests.altered.take import Take

Key: TypeAlias = Callable[[Take], int]
Moment: TypeAlias = Callable[[Take], float]
Late: TypeAlias = Callable[[Take, float], Take | None]


@dataclass(frozen=True)
class Deadline:
    """The awaited message must come no later than `limit` seconds after `since`; `late` has it come at a given moment.

    `ways`: how many messages were on their way in between. `along`: what breaks while this is still kept; `beyond`:
    what breaks with it; `hides`, what is left without evidence. `slack`: how many seconds too late it can be made.
    `blur`: seconds that a stamp by which it is measured leaves open.
    """

    judgement: str
    scenario: str
    since: Moment
    late: Late
    limit: float
    ways: int = 2
    along: frozenset[str] = frozenset()
    beyond: frozenset[str] = frozenset()
    hides: frozenset[str] = frozenset()
    slack: float = 30
    blur: float = 0.0

    def rows(self) -> Iterator[Alteration]:
        """In time, too late, and, over a network, in between."""
        yield self._row("in time", Effect.KEEPS, self._in_time, up_to(self.limit, HAIR))
        yield self._row("too late", Effect.BREAKS, self._too_late, up_to(self.slack))
        yield self._row("perhaps too late", Effect.HIDES, self._astride, Amounts((0.0, 1.0), st.floats(0, 1)))

    def _row(self, name: str, effect: Effect, alter: Late, amounts: Amounts) -> Alteration:
        return Alteration(
            f"{name}, {self.limit:g} s",
            self.judgement,
            self.scenario,
            effect,
            alter,
            amounts,
            self.along if effect is Effect.KEEPS else self.along | self.beyond,
            self.hides,
            allowances=(1.0,) if effect is Effect.HIDES else (0.0, 1.0),
        )

    def _in_time(self, take: Take, amount: float) -> Take | None:
        return self._after(take, self.limit - self.blur - amount)

    def _too_late(self, take: Take, amount: float) -> Take | None:
        return self._after(take, self.limit + self.ways * take.allowance + HAIR + self.blur + amount)

    def _astride(self, take: Take, amount: float) -> Take | None:
        return self._after(take, self.limit + HAIR + amount * (self.ways * take.allowance - 2 * HAIR))

    def _after(self, take: Take, seconds: float) -> Take | None:
        return self.late(take, round(self.since(take) + seconds, 3))


def config_sent(label: str) -> Moment:
    """When the config of that label was sent, or the one with the write of it."""
    return lambda take: take.time(sent(take, label))


def pausing(found: Key) -> Late:
    """All that happens from then on is later too; not where it came later as it was."""

    def late(take: Take, moment: float) -> Take | None:
        key = found(take)
        more = round(moment - take.time(key), 6)
        return take.pause(key, more) if more >= 0 else None

    return late
