"""Simulated machines of other plugs, which `setpoint sim PLUG/NAME` runs: found by entry point, never imported."""

import argparse
from collections.abc import Callable
from pathlib import Path

from harness.offers import offers

GROUP = "setpoint.simulators"


def simulated_elsewhere(device: Path) -> Callable[[argparse.Namespace], int] | None:
    """The run of a device that is named so, if a plug offers it; a file of that name comes first.

    It takes the options of the command, and returns an exit code. Raises UsageError, which names the package, where it
    is of no use.
    """
    known = offers(GROUP)
    plug = device.parts[0] if len(device.parts) > 1 else ""
    if plug not in known or device.exists():
        return None
    offer = known[plug]
    simulate = offer.load()
    if not callable(simulate):
        raise offer.unusable(f"simulates nothing: it cannot be called, as it is {simulate!r}")

    def run(arguments: argparse.Namespace) -> int:
        code: object = simulate(arguments)
        if not isinstance(code, int):
            raise offer.unusable(f"returned {code!r}; expected an exit code")
        return code

    return run
