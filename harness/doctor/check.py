"""A check: a pure function from what was heard to what is amiss, and the words for the case that nothing is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.doctor.case import Case
from harness.doctor.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Check:
    """`sound` is asked where `find` found nothing; None: there was nothing to look at."""

    name: str
    find: Callable[[Case], Iterator[Trouble]]
    sound: Callable[[Case], str | None]
