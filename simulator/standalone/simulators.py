"""Simulated machines of other plugs, which `setpoint sim PLUG/NAME` runs: found by entry point, never imported."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.offers import offers
from simulator.standalone.variant_choice import HasVariant, lines_of_variants

GROUP = "setpoint.simulators"


@dataclass(frozen=True, slots=True)
class Simulator:
    """The simulated devices of a plug. `names`: what stands behind the plug's name and a slash.

    `run`: simulate one, and return an exit code; `variations`: the ways in which that one can be broken or odd. Both
    are given the options of the command. An entry point may also be a plain function, as `run` is: its devices are
    listed by nobody.
    """

    names: Callable[[], Sequence[str]]
    run: Callable[[argparse.Namespace], int]
    variations: Callable[[argparse.Namespace], Iterable[HasVariant]]

    def __call__(self, arguments: argparse.Namespace) -> int:
        """The exit code of a run; with --list, of the list."""
        if not arguments.list:
            return self.run(arguments)
        for line in lines_of_variants(self.variations(arguments)):
            print(line)  # noqa: T201 - what the operator asked for
        return 0


def names_elsewhere() -> Iterator[str]:
    """All that `setpoint sim` runs by name. Raises UsageError, which names the package, where one is of no use."""
    for plug, offer in offers(GROUP).items():
        simulator = offer.load()
        yield from (f"{plug}/{name}" for name in (simulator.names() if isinstance(simulator, Simulator) else ["…"]))


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
        if arguments.list and not isinstance(simulate, Simulator):
            raise offer.unusable("lists nothing: it is a plain function")
        code: object = simulate(arguments)
        if not isinstance(code, int):
            raise offer.unusable(f"returned {code!r}; expected an exit code")
        return code

    return run
