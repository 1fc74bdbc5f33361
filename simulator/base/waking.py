"""Waking of a machine within one moment, with a bound: a machine that stays due at one time is a fault of ours."""

from collections.abc import Callable, Iterator
from math import isfinite

from harness.errors import HarnessError

MOST_WAKES = 10_000  # within one moment; an update with hundreds of components that take no time needs some thousands


class EndlessWakingError(HarnessError):
    """A machine asks to be woken again and again, and lets no time pass."""

    def __init__(self, machine: str, deadline: float, now: float, wakes: int = MOST_WAKES) -> None:
        woken = f"{machine} was woken {wakes} times at {now:.6f} s"
        due = f"due at {deadline:.6f} s" if isfinite(deadline) else "due at once"
        super().__init__(f"{woken}, and is still {due}: it does nothing about that deadline")


def while_due(machine: str, deadline: Callable[[], float], now: float, *, at_most: int = MOST_WAKES) -> Iterator[None]:
    """For as long as the machine's next deadline, in Unix seconds, is not behind `now`; `at_most`: so many times.

    Raises EndlessWakingError, which names the machine and its deadline, where that never ends.
    """
    for _ in range(at_most):
        if deadline() > now:
            return
        yield
    raise EndlessWakingError(machine, deadline(), now, at_most)
