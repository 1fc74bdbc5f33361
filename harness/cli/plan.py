"""`setpoint plan`: what a run would decide, before it, and which lines of the profile would let it decide more."""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.errors import HarnessError, UsageError
from harness.judging.verdicts.finding import Outcome
from harness.mutation.pytest_process import pytest_on_suites
from harness.outlet import Outlet
from harness.planning.formatting import told
from harness.planning.plan import Plan
from harness.protocol import add_spec_option, device_or_default, protocols_at, spec_of, subjects_at

_ANY_BROKER = "mqtt://broker"  # of somebody else: with a profile alone, it is what can be had everywhere


class NoPlanError(HarnessError):
    """The process of ours that was to make the plan failed; why, it has said itself."""


class PlanRun:
    """Say what a run would decide, what it would not and for want of which line, and how long it would take."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The same as for a test run, as far as it decides that; nothing is connected to."""
        add = parser.add_argument
        add("--device", metavar="TARGET", help=f"sim, listen://…; with --profile alone, as behind {_ANY_BROKER}")
        add("--profile", type=Path, metavar="FILE", help="what the device has: TOML, metadata.json, or FOLDER:ID")
        add_spec_option(add)
        add("--only", metavar="ID", action="append", help="plan for this requirement alone; may be given several times")
        add("--long", action="store_true", help="as for a run with --long")
        add("--json", action="store_true", help="all of it, for a program")
        add("-v", "--verbose", action="store_true", help="all of it, for a person")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 where a run would decide anything, else 2. Raises UsageError where there is nothing to plan."""
        device = arguments.device or (_ANY_BROKER if arguments.profile else device_or_default(None, arguments.spec))
        spec, only = spec_of(arguments.spec, protocols_at(device)), (f"--only={name}" for name in arguments.only or ())
        try:
            plan, out = plan_of(device, spec, arguments.profile, *(["--long"] * arguments.long), *only), Outlet()
        except NoPlanError as error:
            print(f"setpoint: {error}", file=sys.stderr)  # noqa: T201 - to the operator
            return Outcome.HARNESS_ERROR
        for line in [json.dumps(plan.as_dict(), indent=1)] if arguments.json else told(plan, whole=arguments.verbose):
            out.say(line)
        return Outcome.UNUSABLE if out.has_failed else Outcome.CONFORMS if plan.judged else Outcome.UNDECIDED


def plan_of(device: str, spec: str, profile: Path | None, *options: str) -> Plan:
    """The plan of a run with these options. Raises UsageError where it would not run, and NoPlanError."""
    given = (f"--device={device}", f"--spec={spec}", *([f"--profile={profile}"] if profile else []), *options)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.json"
        subject = subjects_at(device, spec)[0]
        asked = pytest_on_suites(subject, "-p", "no:terminal", f"--plan={file}", *given, capture=True)
        if file.exists():
            return Plan.from_json(file.read_bytes())
    sentence = asked.stderr.strip().rpartition("setpoint: ")[2]
    raise UsageError(sentence) if asked.returncode == Outcome.UNUSABLE else NoPlanError(asked.stderr or asked.stdout)
