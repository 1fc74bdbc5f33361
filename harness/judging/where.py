"""Which records a story is about, so that a reader of the results can find and draw them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """Places in the record, None where the story has none.

    The record at `decisive` settled it; the story counts its seconds from the record at `since`; `point` is its hero.
    """

    decisive: int | None = None
    since: int | None = None
    point: str | None = None


NOWHERE = Where()
