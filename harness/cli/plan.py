"""`setpoint plan`: what a run would decide, before it, and which lines of the profile would let it decide more."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from harness.cli.asked import add_asked, asked_by
from harness.errors import HarnessError, UsageError
from harness.files.credentials import add_listening_options, add_options, typed_again
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Outcome
from harness.mutation.pytest_process import pytest_on_suites
from harness.outlet import Outlet
from harness.planning.formatting import told
from harness.planning.plan import Plan
from harness.protocol import DEVICE
from harness.target.asked_subjects import AskedSubject
from harness.target.run_options import WHAT_ONLY_TAKES
from harness.target.spec_option import profile_forms

_ANY_BROKER = "mqtt://broker"  # of somebody else: with a profile alone, it is what can be had everywhere


class NoPlanError(HarnessError):
    """The process of ours that was to make the plan failed; why, it has said itself."""


class PlanRun:
    """Say what a run would decide, what it would not and for want of which line, and how long it would take."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint plan --profile acme.toml": "a device of yours, behind any broker",
        "setpoint plan --profile acme.toml --device=listen://0.0.0.0 --long -v": "all that can be seen of it",
        "setpoint plan --device=sim --json": "for a program",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The same as for a test run, as far as it decides that; nothing is connected to."""
        add = parser.add_argument
        add_asked(parser, f"sim (the default), listen://…; with --profile alone, as behind {_ANY_BROKER}")
        add("--profile", type=Path, metavar="FILE", help=f"what the device has: {profile_forms()}".replace("%", "%%"))
        add(
            "--only",
            metavar="NAME",
            action="append",
            help=f"plan for this alone: {WHAT_ONLY_TAKES}; may be given several times",
        )
        add("--long", action="store_true", help="as for a run with --long")
        add_options(add, "ours: as a client, or with listens as the server")
        add_listening_options(add)
        add("--json", action="store_true", help="all of it, for a program")
        add("-v", "--verbose", action="store_true", help="all of it, for a person")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 where a run would decide anything, else 2. Raises UsageError where there is nothing to plan."""
        asked, out = asked_by(arguments, _ANY_BROKER if arguments.profile else None), Outlet()
        try:
            ways_in = typed_again(arguments)
            plans = [plan_of(one, arguments.profile, *ways_in, *options) for one, options in _planned(asked, arguments)]
        except NoPlanError as error:
            print(f"setpoint: {error}", file=sys.stderr)  # noqa: T201 - to the operator
            return Outcome.HARNESS_ERROR
        for line in [_json(plans)] if arguments.json else _told(plans, whole=arguments.verbose):
            out.say(line)
        is_judged = any(plan.judged for plan in plans)
        return Outcome.UNUSABLE if out.has_failed else Outcome.CONFORMS if is_judged else Outcome.UNDECIDED


def plan_of(asked: AskedSubject, profile: Path | None, *options: str) -> Plan:
    """The plan of a run with these options. Raises UsageError where it would not run, and NoPlanError."""
    subject = asked.subject
    options_of_it = [f"--{DEVICE}={asked.device}"] if asked.device == subject.simulated else asked.options
    given = (*options_of_it, f"--spec={asked.spec}", *([f"--profile={profile}"] if profile else []))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.json"
        run = pytest_on_suites(subject, "-p", "no:terminal", f"--plan={file}", *given, *options, capture=True)
        if file.exists():
            return Plan.from_json(file.read_bytes())
    sentence = run.stderr.strip().rpartition("setpoint: ")[2]
    raise UsageError(sentence) if run.returncode == Outcome.UNUSABLE else NoPlanError(run.stderr or run.stdout)


def _planned(
    asked: Sequence[AskedSubject], arguments: argparse.Namespace
) -> Iterator[tuple[AskedSubject, Sequence[str]]]:
    """Each subject that is planned for, and the options of its run: with --only, those that it names a requirement of.

    Raises UsageError where it names none.
    """
    catalogue = Catalogue.read()
    only = [(name, {requirement.subject for requirement in catalogue.named(name)}) for name in arguments.only or ()]
    about = {subject for _, subjects in only for subject in subjects}
    concerned = [one for one in asked if not only or one.subject.name in about] or asked
    for one in concerned:
        names = (name for name, subjects in only if one.subject.name in subjects or one.subject.name not in about)
        others = [other for other in asked if other.subject.name == one.subject.opposite]
        opposite = [option for other in others if other.device != other.subject.simulated for option in other.options]
        yield one, [*opposite, *(["--long"] * arguments.long), *(f"--only={name}" for name in names)]


def _told(plans: Sequence[Plan], *, whole: bool) -> Iterator[str]:
    for plan in plans:
        yield from [""] * (plan is not plans[0])
        yield from told(plan, whole=whole)


def _json(plans: Sequence[Plan]) -> str:
    """One plan as such, several as a list."""
    listed = [plan.as_dict() for plan in plans]
    return json.dumps(listed if len(listed) > 1 else listed[0], indent=1)
