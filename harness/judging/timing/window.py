"""Spans of time that a requirement allows, in seconds since the stimulus it follows."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long something took: no less than `least`, no more than `most`; `caveat`: why we do not know better."""

    least: float
    most: float
    caveat: str = ""

    def __str__(self) -> str:
        return f"{self.most:.1f} s" if self.most - self.least < _SAME else f"{self.least:.1f} to {self.most:.1f} s"


@dataclass(frozen=True, slots=True)
class Window:
    """From `earliest` to `latest`, both included.

    `until_next`: a kind of message, in its plug's words, the next of which closes the window if it comes sooner.
    """

    earliest: float
    latest: float
    words: str
    until_next: str | None = None

    def __str__(self) -> str:
        return self.words

    def admits(self, elapsed: Elapsed) -> bool | None:
        """None where what was measured lies astride a limit."""
        if self.earliest <= elapsed.least and elapsed.most <= self.latest:
            return True
        if elapsed.most < self.earliest or self.latest < elapsed.least:
            return False
        return None


def within(seconds: float) -> Window:
    """At any time up to then."""
    return Window(0, seconds, f"within {seconds:g} s")


def at(seconds: float, *, give_or_take: float) -> Window:
    """Then, neither sooner nor later than the tolerance allows."""
    return Window(seconds - give_or_take, seconds + give_or_take, f"at {seconds:g} s, give or take {give_or_take:g}")


def before_next(kind: str, *, within: float) -> Window:
    """Up to so many seconds, or up to the next message of that kind if it comes first."""
    return Window(0, within, f"within {within:g} s and before the next {kind}", kind)


def no_less_than(seconds: float) -> Window:
    """Then, or at any time after."""
    return Window(seconds, inf, f"{seconds:g} s or more")


_SAME = 0.05  # seconds that one decimal place does not show
