"""Whether this process may have as many files open as its devices take: each has a connection, and that is one."""

import resource

from harness.errors import UsageError

BESIDE = 24  # what the process has open besides: its terminal, its loop, the control and who looks at it


def see_to(devices: int, each: int = 1) -> None:
    """Raises UsageError where there are too few, with the line that lifts that, or with how many devices it allows.

    `each`: the connections that a device has.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limits = [None if limit == resource.RLIM_INFINITY else limit for limit in (soft, hard)]
    if problem := too_few(devices, *limits, each=each):
        raise UsageError(problem)


def too_few(devices: int, soft: int | None, hard: int | None, *, each: int = 1) -> str | None:
    """In words, what is missing under these limits (None: there is none); None where nothing is."""
    needed = devices * each + BESIDE
    if soft is None or needed <= soft:
        return None
    takes = f"--count {devices} takes {needed} open files, and {soft} are allowed here"
    if hard is None or needed <= hard:
        return f"{takes}: run `ulimit -n {needed}` in this shell first"
    most = (hard - BESIDE) // each
    allowed = f"--count {most} is the most" if most > 0 else "not even one device finds room"
    return f"{takes}, {hard} at most (`ulimit -Hn`): {allowed}, unless whoever runs this machine allows more"
