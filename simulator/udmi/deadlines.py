"""Named instants at which something is due: the earliest of them is when their owner must be woken."""

import math
from typing import Generic, TypeVar

NEVER = math.inf
Name = TypeVar("Name")


class Deadlines(Generic[Name]):
    """Each name has one instant (Unix seconds), or none. The earliest is kept until it is put off."""

    def __init__(self) -> None:
        self._at: dict[Name, float] = {}
        self._first: float | None = NEVER  # None: to be found anew

    def __contains__(self, name: Name) -> bool:
        return name in self._at

    @property
    def names(self) -> tuple[Name, ...]:
        """Everything that has a deadline, oldest name first."""
        return tuple(self._at)

    @property
    def first(self) -> float:
        """The earliest deadline; NEVER without any."""
        if self._first is None:
            self._first = min(self._at.values(), default=NEVER)
        return self._first

    def at(self, name: Name) -> float:
        """When this is due; NEVER without a deadline."""
        return self._at.get(name, NEVER)

    def set(self, name: Name, at: float) -> None:
        """Replace the deadline of a name. NEVER takes it away."""
        before = self._at.get(name, NEVER)
        if at == before:
            return
        if at == NEVER:
            del self._at[name]
        else:
            self._at[name] = at
        if self._first is not None:
            self._first = at if at <= self._first else None if before == self._first else self._first
