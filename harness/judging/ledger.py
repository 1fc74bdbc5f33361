"""What one judgement looked at and measured, for the report."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_ASIDE = ContextVar("aside", default=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, in seconds, against the limit that it was held to."""

    what: str
    seconds: float
    required: str

    def __str__(self) -> str:
        return f"{self.what} {self.seconds:.3f} s; required {self.required}"


@dataclass(slots=True)
class Ledger:
    """Filled while a judgement runs. `places` are lines of the trace, counted from zero."""

    measured: list[Measured] = field(default_factory=list)
    observed: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def measure(self, what: str, seconds: float, required: object) -> None:
        """Note a figure, unless a control is being looked at: that is not what the judgement is about."""
        if not _ASIDE.get():
            self.measured.append(Measured(what, seconds, str(required)))

    def rests_on(self, *places: int) -> None:
        """These records decided."""
        self.places.extend(place for place in places if place not in self.places)


@contextmanager
def aside() -> Iterator[None]:
    """What is measured in here stays out of every ledger."""
    token = _ASIDE.set(True)
    try:
        yield
    finally:
        _ASIDE.reset(token)
