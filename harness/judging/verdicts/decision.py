"""Decides a requirement by a measurement: kept, broken, or astride a limit."""

from harness.judging.timing.window import Elapsed, Window
from harness.judging.verdicts.evidence_ref import NO_EVIDENCE, EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided


def decide(window: Window, elapsed: Elapsed, story: str, evidence_ref: EvidenceRef = NO_EVIDENCE) -> None:
    """Silent if the window admits it. Raises NotObserved with the story, or Undecided where it lies astride a limit."""
    admitted = window.admits(elapsed)
    if admitted is None:
        took = f"it took {elapsed.least:.3f} to {elapsed.most:.3f} s, which may be {window}, or not"
        raise Undecided(f"{took}{elapsed.caveat}", evidence_ref)
    if not admitted:
        raise NotObserved(story, evidence_ref)
