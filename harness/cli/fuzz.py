"""`setpoint fuzz`: sequences that nobody thought of, and the shortest in which the device breaks something."""

import argparse
from importlib.util import find_spec

from harness.errors import UsageError
from harness.judging.finding import Outcome
from harness.target import Recording, Stepped, Target, resolve, varied
from harness.wire.codec import codec_of
from harness.wire.spec import Spec


class Fuzz:
    """Play random sequences of configs and mishaps to a simulated device, and shrink what it does wrong."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The device, how it is odd, and how many sequences."""
        add = parser.add_argument
        add("--device", default="sim", metavar="TARGET", help="sim, or sim:FILE; default: %(default)s")
        add("--variant", metavar="ID", help="fuzz a device that breaks a clause, or is odd")
        add("--sequences", type=_count, default=1000, metavar="N", help="how many; default: %(default)s")
        add("--seed", type=int, default=0, metavar="N", help="the same seed, the same sequences; default: %(default)s")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 if nothing was broken, 1 if something was: the clause, what happened, and a scenario to paste."""
        if find_spec("hypothesis") is None:
            raise UsageError("fuzzing needs Hypothesis, which is not installed: pip install 'setpoint[fuzz]'")
        from harness.fuzzing.scenario_text import scenario_text  # noqa: PLC0415 - they need what has just been looked for
        from harness.fuzzing.search import Search  # noqa: PLC0415 - likewise

        device = _device(arguments)
        search = Search(device.machine, _target(arguments).profile, codec_of(Spec.UDMI_1_5))
        accusation = search.run(arguments.sequences, arguments.seed)
        if accusation is None:
            print(f"{search.played} sequences: nothing was broken.")  # noqa: T201 - the operator's output
            return Outcome.CONFORMS
        print(  # noqa: T201 - likewise
            f"{accusation.requirement} is broken:", accusation.story, "", scenario_text(accusation), "", sep="\n"
        )
        print(f"Found, and made that short, in {search.played} sequences.")  # noqa: T201 - likewise
        return Outcome.DOES_NOT_CONFORM


def _target(arguments: argparse.Namespace) -> Target:
    device = resolve(arguments.device)
    if isinstance(device, Recording):
        raise UsageError("a recording cannot be fuzzed: fuzzing drives a device")
    return varied(device, arguments.variant) if arguments.variant else device


def _device(arguments: argparse.Namespace) -> Stepped:
    target = _target(arguments)
    if not isinstance(target, Stepped):
        raise UsageError(f"{target.name} cannot be fuzzed: that takes a device which can be told the time, such as sim")
    return target


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of sequences; expected 1 or more")
    return int(text)
