"""Waking of a machine within one moment, with a bound: a machine that stays due at one time is a fault of ours."""

from collections.abc import Callable, Iterator

from harness.errors import HarnessError

MOST_WAKES = 10_000  # within one moment; an update with hundreds of components that take no time needs some thousands


class EndlessWakingError(HarnessError):
    """A machine asks to be woken again and again, and lets no time pass."""

    def __init__(self, machine: str, deadline: float, now: float) -> None:
        woken = f"{machine} was woken {MOST_WAKES} times at {now:.6f} s"
        super().__init__(f"{woken}, and is still due at {deadline:.6f} s: it does nothing about that deadline")


def while_due(machine: str, deadline: Callable[[], float], now: float) -> Iterator[None]:
    """For as long as the machine's next deadline, in Unix seconds, is not behind `now`.

    Raises EndlessWakingError, which names the machine and its deadline, where that never ends.
    """
    for _ in range(MOST_WAKES):
        if deadline() > now:
            return
        yield
    raise EndlessWakingError(machine, deadline(), now)
