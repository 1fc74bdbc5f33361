"""A limit of UDMI's that telemetry cuts short: what it says next has to agree with what was written."""

from harness.judging.timing.window import Window, before_next

TELEMETRY = "telemetry"


def before_telemetry_or(seconds: float) -> Window:
    """Up to then, or up to the next telemetry if that comes first."""
    return before_next(TELEMETRY, within=seconds)
