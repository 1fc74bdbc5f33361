"""How often a second something can be done."""

import gc
from collections.abc import Callable
from time import process_time

_ROUNDS = 5


def per_second(count: int, prepare: Callable[[], Callable[[], None]]) -> float:
    """The best of several rounds, as noise only ever slows; by this process's CPU time, as others may run beside it.

    `prepare` is not timed; what it gives is, and does the thing `count` times.
    """
    return count / min(_seconds(prepare()) for _ in range(_ROUNDS))


def _seconds(stimulus: Callable[[], None]) -> float:
    gc.collect()
    gc.freeze()  # what was prepared would not lie about in earnest: the collector is not to walk through it again
    start = process_time()
    stimulus()
    seconds = process_time() - start
    gc.unfreeze()
    return seconds
