"""The decisions of a device about what its telemetry holds; when it is due is decided by `sampling`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.protocols.udmi.words.messages import Telemetry


@dataclass(frozen=True, slots=True)
class TelemetryRules:
    """`waits_for_state`: telemetry never runs ahead of a state with news. `shows` is given the unknown points, too.

    `tell`: the telemetry that leaves in place of the first one; None: none does.
    """

    waits_for_state: bool = True
    shows: Callable[[Telemetry, Sequence[str]], Telemetry] = lambda telemetry, _unknown: telemetry
    tell: Callable[[Telemetry], Telemetry | None] = lambda telemetry: telemetry
