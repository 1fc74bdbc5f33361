"""Two states of what a thing under test keeps, side by side: before something was asked of it, and after. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Difference(StrEnum):
    """How a row differs."""

    NONE = "same"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One part of it, in words. `before`, `after` None: it is not there. `asked`: what was asked of it, if anything."""

    name: str
    before: str | None
    after: str | None
    asked: str | None = None

    @property
    def difference(self) -> Difference:
        """Of both sides."""
        if self.before == self.after:
            return Difference.NONE
        if self.before is None:
            return Difference.ADDED
        return Difference.GONE if self.after is None else Difference.CHANGED


@dataclass(frozen=True, slots=True)
class Comparison:
    """`title`: what is compared. `asked_by`: who asked, as the head of a column. `left_out`: how many more rows."""

    title: str
    asked_by: str
    rows: Sequence[ComparedRow]
    left_out: int = 0
