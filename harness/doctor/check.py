"""A check: a pure function from what was heard to what is amiss, and the words for the case that nothing is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.doctor.problem import Problem

C_contra = TypeVar("C_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Check(Generic[C_contra]):
    """Of one kind of case. `sound` is asked where `find` found nothing; None: there was nothing to look at."""

    name: str
    find: Callable[[C_contra], Iterator[Problem]]
    sound: Callable[[C_contra], str | None]
