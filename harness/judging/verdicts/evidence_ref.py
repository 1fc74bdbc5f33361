"""Which records a story is about, so that a reader of the results can find and draw them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """Places in the record, None where the story has none. `about`: the one thing that it tells of.

    The record at `decisive` settled it; the story counts its seconds from the record at `since`.
    """

    decisive: int | None = None
    since: int | None = None
    about: str | None = None


NO_EVIDENCE = EvidenceRef()
