"""What a measurement makes of a requirement: kept, broken, or astride a limit."""

from harness.judging.verdict import NotObserved, Undecided
from harness.judging.where import NOWHERE, Where
from harness.judging.window import Elapsed, Window


def decide(window: Window, elapsed: Elapsed, story: str, where: Where = NOWHERE) -> None:
    """Silent if the window admits it. Raises NotObserved with the story, or Undecided where it lies astride a limit."""
    admitted = window.admits(elapsed)
    if admitted is None:
        took = f"it took {elapsed.least:.3f} to {elapsed.most:.3f} s, which may be {window}, or not"
        raise Undecided(f"{took}{elapsed.caveat}", where)
    if not admitted:
        raise NotObserved(story, where)
