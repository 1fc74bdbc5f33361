"""Remembers what was made of payloads: of small ones as many as a run has, of large ones so many bytes."""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_SMALL = 2 * 1024  # bytes: most devices send nothing larger
_LARGE = 6 * 1024 * 1024  # bytes of larger payloads, and of what is made of them


class Remembered(Generic[T]):
    """The same as `make`, a pure function of bytes. It remembers so many small ones.

    `weigh`: bytes of what is made of a large one.
    """

    def __init__(self, make: Callable[[bytes], T], small: int, weigh: Callable[[T], int] = lambda _made: 0) -> None:
        self._make, self._small, self._weigh = make, lru_cache(small)(make), weigh
        self._large, self._bytes = OrderedDict[bytes, tuple[T, int]](), 0

    def __call__(self, payload: bytes) -> T:
        """The result of `make` for it."""
        return self._small(payload) if len(payload) <= _SMALL else self._of_large(payload)

    def _of_large(self, payload: bytes) -> T:
        if payload in self._large:
            self._large.move_to_end(payload)
            return self._large[payload][0]
        made = self._make(payload)
        weight = len(payload) + self._weigh(made)
        self._large[payload], self._bytes = (made, weight), self._bytes + weight
        while len(self._large) > 1 and self._bytes > _LARGE:
            _, (_, forgotten) = self._large.popitem(last=False)
            self._bytes -= forgotten
        return made
