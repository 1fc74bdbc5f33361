"""The log of a machine that runs alone: a line for each event. Text that came from a broker is escaped and cut."""

from collections.abc import Sequence

from harness.mqtt.endpoint import Endpoint
from harness.payload.timestamps import rfc3339
from harness.text import printable

_LONGEST = 240  # characters
_MOST = 6  # items that are named; the rest is counted


def line(now: float, machine: str, what: str) -> str:
    """The line for what happened at `now` (Unix seconds) to the machine of that id."""
    stamp = rfc3339(int(now) + int(now % 1 * 1000) / 1000)
    stamp = stamp if "." in stamp else stamp.replace("Z", ".000Z")
    text = f"{stamp}  {printable(machine):<10}  {what}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def of_link(broker: Endpoint, problem: str | None) -> str:
    """The link to that broker is up, or down because of the problem."""
    return f"link up    {printable(str(broker))}" if problem is None else f"link down  {printable(problem)}"


def enumerated(items: Sequence[str]) -> str:
    """The first items, and how many more there are."""
    more = f", and {len(items) - _MOST} more" if len(items) > _MOST else ""
    return ", ".join(items[:_MOST]) + more
