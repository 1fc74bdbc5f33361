"""How often a second something can be done."""

import gc
from collections.abc import Callable
from time import perf_counter

_ROUNDS = 5


def per_second(count: int, prepare: Callable[[], Callable[[], None]]) -> float:
    """The best of several rounds, as noise only ever slows.

    `prepare` is not timed; what it gives is, and does the thing `count` times.
    """
    return count / min(_seconds(prepare()) for _ in range(_ROUNDS))


def _seconds(act: Callable[[], None]) -> float:
    gc.collect()
    gc.freeze()  # what was prepared would not lie about in earnest: the collector is not to walk through it again
    start = perf_counter()
    act()
    seconds = perf_counter() - start
    gc.unfreeze()
    return seconds
