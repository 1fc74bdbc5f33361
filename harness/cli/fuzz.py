"""`setpoint fuzz`: sequences that nobody thought of, and the shortest in which the device breaks something."""

import argparse
from collections.abc import Mapping
from typing import ClassVar

from harness.arguments.quantities import count_of
from harness.errors import UsageError
from harness.judging.verdicts.finding import Outcome
from harness.protocol import Fuzzed, device_or_default, protocol_of, protocols_at, spec_of
from harness.target import Recording, Target, TargetOptions, Varied, resolve, varied
from harness.target.spec_option import add_spec_option
from harness.text import counted


class Fuzz:
    """Play random sequences of messages and mishaps to a simulated device, and shorten what it does wrong."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint fuzz --sequences 1000": "the device that comes with Setpoint",
        "setpoint fuzz --device=update-agent --seed 7": "an update agent; another seed, other sequences",
        "setpoint fuzz --device=update-agent --variant executes-out-of-turn": "see a broken one be found",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The device, how it is odd, and how many sequences."""
        add = parser.add_argument
        add("--device", metavar="TARGET", help="simulated: sim (the default), update-agent, update-device; sim:FILE")
        add_spec_option(add)
        add("--variant", metavar="ID", help="fuzz a device that breaks a clause, or is odd: as for setpoint validity")
        add("--sequences", type=count_of("sequences"), default=1000, metavar="N", help="how many; default: %(default)s")
        add("--seed", type=int, default=0, metavar="N", help="the same seed, the same sequences; default: %(default)s")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 if nothing was broken, 1 if something was: the clause, what happened, and a scenario to paste."""
        device = device_or_default(arguments.device, arguments.spec)
        spec = spec_of(arguments.spec, protocols_at(device))
        target = _target(device, spec, arguments.variant)
        plug = protocol_of(spec)
        if plug.fuzz is None:
            raise UsageError(f"{target.name} cannot be fuzzed: nothing fuzzes what speaks {plug.name}")
        fuzzed = plug.fuzz(target, spec, arguments.sequences, arguments.seed)
        if fuzzed.requirement is None:
            print(_all_was_well(fuzzed, target, arguments.variant))  # noqa: T201 - the operator's output
            return Outcome.CONFORMS
        print(f"{fuzzed.requirement} is broken:", fuzzed.story, "", fuzzed.scenario, "", sep="\n")  # noqa: T201 - likewise
        print(_found(fuzzed, arguments.seed))  # noqa: T201 - likewise
        return Outcome.DOES_NOT_CONFORM


def _target(named: str, spec: str, variant: str | None) -> Target:
    device = resolve(named, TargetOptions(spec=spec))
    if isinstance(device, Recording):
        raise UsageError("a recording cannot be fuzzed: fuzzing drives a device")
    return varied(device, variant) if variant else device


def _all_was_well(fuzzed: Fuzzed, target: Target, variant: str | None) -> str:
    """With the reason why it was, of a device that is known to break a clause."""
    asked = counted(len(fuzzed.asked), "requirement")
    told = f"{counted(fuzzed.played, 'sequence')}, held against {asked}: nothing was broken."
    known = target.variants if isinstance(target, Varied) else ()
    breaks = next((one.breaks for one in known if one.id == variant), None)
    if breaks is None:
        return told
    if breaks in fuzzed.asked:
        return f"{told}\n{variant} breaks {breaks}: other sequences may bring that out, with --sequences or --seed."
    judged = f"`setpoint validity --variant {variant}` judges it"
    return f"{told}\n{variant} breaks {breaks}, which sequences are not held against; {judged}."


def _found(fuzzed: Fuzzed, seed: int) -> str:
    made_short = counted(fuzzed.played - fuzzed.until_found, "more", "more")
    return f"Found by sequence {fuzzed.until_found} of seed {seed}, and made that short in {made_short}."
