"""An invariant: a question about a sequence, and the requirement that is broken where it is not kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown, Undecided, Undocumented
from harness.record.left_out import NotApplicable, OutOfView

C = TypeVar("C")  # what was played, as the plug reads it
_UNDECIDED = (Undecided, CouldNotTest, NotShown, Undocumented, NotApplicable, OutOfView)


@dataclass(frozen=True)
class Invariant(Generic[C]):
    """`requirement` is what a device breaks that does not keep it."""

    requirement: str
    ask: Callable[[C], None]


def broken(invariants: Iterable[Invariant[C]], course: C) -> Iterator[tuple[str, str]]:
    """Every requirement that is broken, in the order of the table, and what happened."""
    for invariant in invariants:
        try:
            invariant.ask(course)
        except NotObserved as fault:
            yield invariant.requirement, str(fault)
        except _UNDECIDED:
            continue
