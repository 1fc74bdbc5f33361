"""`setpoint fuzz`: sequences that nobody thought of, and the shortest in which the device breaks something."""

import argparse
from importlib.util import find_spec

from harness.arguments.quantities import count_of
from harness.errors import UsageError
from harness.judging.verdicts.finding import Outcome
from harness.protocol import device_or_default, protocol_of, protocols_at, spec_of
from harness.target import Recording, Target, resolve, varied
from harness.text import counted


class Fuzz:
    """Play random sequences of messages and mishaps to a simulated device, and shrink what it does wrong."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The device, how it is odd, and how many sequences."""
        add = parser.add_argument
        add("--device", metavar="TARGET", help="simulated: sim (the default), sim:FILE, update-agent")
        add("--variant", metavar="ID", help="fuzz a device that breaks a clause, or is odd")
        add("--sequences", type=count_of("sequences"), default=1000, metavar="N", help="how many; default: %(default)s")
        add("--seed", type=int, default=0, metavar="N", help="the same seed, the same sequences; default: %(default)s")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 if nothing was broken, 1 if something was: the clause, what happened, and a scenario to paste."""
        if find_spec("hypothesis") is None:
            raise UsageError("fuzzing needs Hypothesis, which is not installed: pip install 'setpoint[fuzz]'")
        device = device_or_default(arguments.device)
        target = _target(device, arguments.variant)
        plug = protocol_of(spec_of(None, protocols_at(device)))
        if plug.fuzz is None:
            raise UsageError(f"{target.name} cannot be fuzzed: nothing fuzzes what speaks {plug.name}")
        fuzzed = plug.fuzz(target, arguments.sequences, arguments.seed)
        if fuzzed.requirement is None:
            print(f"{counted(fuzzed.played, 'sequence')}: nothing was broken.")  # noqa: T201 - the operator's output
            return Outcome.CONFORMS
        print(f"{fuzzed.requirement} is broken:", fuzzed.story, "", fuzzed.scenario, "", sep="\n")  # noqa: T201 - likewise
        print(f"Found, and made that short, in {counted(fuzzed.played, 'sequence')}.")  # noqa: T201 - likewise
        return Outcome.DOES_NOT_CONFORM


def _target(named: str, variant: str | None) -> Target:
    device = resolve(named)
    if isinstance(device, Recording):
        raise UsageError("a recording cannot be fuzzed: fuzzing drives a device")
    return varied(device, variant) if variant else device
