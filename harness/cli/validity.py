"""`setpoint validity`: the matrix of deviations and quirks."""

import argparse
import os
import sys

from harness.cli.jury import Jury, LostJudgeError, jury
from harness.cli.variants import listed
from harness.errors import UsageError
from harness.judging.finding import Outcome
from harness.judging.requirement import Catalogue
from harness.validity import Row, asked_of, never_failed, totals
from harness.wire.spec import Spec, spec_of
from harness.wire.spec import add_option as add_spec


class Validity:
    """See every judgement fail on a device that breaks its clause, and none on odd ones that conform."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The target, some variants, and how many processes are at work."""
        add = parser.add_argument
        add("--device", default="sim", metavar="TARGET", help="a target that can be driven broken")
        add_spec(add)
        add("--variant", metavar="ID", action="append", help="only this one; may be given several times")
        add("--list", action="store_true", help="only say which variants there are")
        add("--jobs", type=_processes, default=os.cpu_count() or 1, metavar="N", help="processes; default: all cores")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 if nothing is missed and nobody is wrongly accused."""
        if arguments.list:
            print(*listed(arguments.device), sep="\n")  # noqa: T201 - what the operator asked for
            return Outcome.CONFORMS
        chosen: list[str] | None = arguments.variant
        jobs = min(arguments.jobs, len(chosen) + 1) if chosen else arguments.jobs
        spec = spec_of(arguments.spec)
        try:
            with jury(jobs, "--device", arguments.device, "--spec", spec) as judges:
                return _print_matrix(judges, chosen, spec)
        except LostJudgeError as lost:
            print(f"setpoint: {lost}", file=sys.stderr)  # noqa: T201 - to the operator
            return Outcome.HARNESS_ERROR


def _print_matrix(judges: Jury, chosen: list[str] | None, spec: Spec) -> int:
    """A row per variant, and a line of totals; of all variants, the judgements that none of them made fail."""
    catalogue = Catalogue.read()
    asked = {variant.id: asked_of(variant, catalogue, spec) for variant in judges.variants}
    known = {name: variant for name, variant in asked.items() if variant}
    names = [name for name in known if not chosen or name in chosen]
    unknown = [name for name in chosen or () if name not in asked]
    if not names and not unknown:
        raise UsageError(f"{', '.join(chosen or ())}: what this is there for is no question of {spec}")
    findings = judges.findings([*unknown, None, *names])  # those are refused, with the nearest known
    healthy = next(findings)
    rows = []
    for name, came_to in zip(names, findings, strict=True):
        rows.append(Row.of(known[name], came_to, healthy))
        print(rows[-1], flush=True)  # noqa: T201 - the operator's output, while it goes on
    idle = () if chosen else never_failed(healthy, rows)
    left_out = 0 if chosen else len(asked) - len(known)
    print(*(f"NEVER FAILED    {judgement}" for judgement in idle), totals(rows, left_out), sep="\n")  # noqa: T201 - likewise
    if not chosen:
        print(f"{len(healthy)} judgements, {len(healthy) - len(idle)} seen to fail")  # noqa: T201 - likewise
    is_wrong = bool(idle) or any(row.is_wrong for row in rows)
    return Outcome.DOES_NOT_CONFORM if is_wrong else Outcome.CONFORMS


def _processes(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; expected 1 or more")
    return int(text)
