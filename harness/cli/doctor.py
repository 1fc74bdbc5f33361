"""`setpoint doctor`: why a device cannot be tested well, before it is."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from harness.cli.asked import add_asked, asked_by, must_name_one
from harness.cli.plan import plan_of
from harness.cli.recovery_copy import recovery_copy
from harness.clock import Clock
from harness.doctor.case import Case
from harness.doctor.diagnosis import Diagnosis, diagnose
from harness.doctor.examination import LONGEST, Examination
from harness.doctor.formatting import lines, marks_for
from harness.doctor.problem import Severity
from harness.errors import HarnessError, UsageError
from harness.files.credentials import add_listening_options, add_options, client_id_of, login_of, tls_of, typed_again
from harness.interruption import carried_through
from harness.judging.verdicts.finding import Outcome
from harness.outlet import Outlet
from harness.planning.formatting import in_short
from harness.planning.plan import Plan
from harness.target import Recording, Target, TargetOptions, resolve
from harness.target.asked_subjects import AskedSubject
from harness.text import counted


class Doctor:
    """Look at a device, its broker and its profile before any verdict, and say what is amiss and what mends it."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint doctor --device=mqtt://broker --profile acme.toml": "a device behind a broker: 40 s",
        "setpoint doctor --device=listen://0.0.0.0 --user lamp --profile acme.toml": "one that connects to us",
        "setpoint doctor --service=mqtt://broker --profile service.toml": "a replica service",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The same as for a test run."""
        add = parser.add_argument
        add_asked(parser, "sim, mqtt[s]://HOST[:PORT] or listen[s]://HOST[:PORT]")
        add("--profile", type=Path, metavar="FILE", help="what the device has")
        add_options(add, "ours: as a client, or with listens as the server")
        add_listening_options(add)
        add("--reports", type=Path, default=Path("reports"), metavar="DIR", help="where runs land (default: reports/)")
        add("--take-over", action="store_true", help="end another run that tests the device on that broker")

    def run(self, arguments: argparse.Namespace) -> int:
        """0: nothing is amiss that spoils a verdict; 1: something is.

        Raises UsageError where there is nothing to examine.
        """
        must_name_one(arguments)
        out = Outlet()
        met = [(one, _target(one, arguments)) for one in asked_by(arguments)]
        try:
            diagnoses = [self._examined(one, target, arguments, out, is_one_of=len(met)) for one, target in met]
        except KeyboardInterrupt:
            with carried_through(also_ctrl_c=True):
                print("setpoint: interrupted; what had been found was put back", file=sys.stderr)  # noqa: T201 - to the operator
            return Outcome.UNUSABLE
        if out.has_failed:
            return Outcome.UNUSABLE
        weights = (problem.weight for diagnosis in diagnoses for problem in diagnosis.problems)
        return 1 if any(weight > Severity.MINOR for weight in weights) else 0

    @staticmethod
    def _examined(
        asked: AskedSubject, target: Target, arguments: argparse.Namespace, out: Outlet, *, is_one_of: int
    ) -> Diagnosis:
        """Tell what is found. `is_one_of`: so many, each of which is named where they are several."""
        if is_one_of > 1:
            out.say(f"{asked.subject.name} at {target.name}, by {asked.spec}:")
        plan = _plan(asked, arguments.profile, *typed_again(arguments))
        for line in _planned(plan):
            out.say(line)
        if target.clock is Clock.REAL:
            out.say(f"examining {asked.subject.name_of(target.profile.id)} at {target.name}, {LONGEST:g} s at most")
        diagnosis = diagnose(_visited(target, asked, arguments, out))
        for line in lines(diagnosis, marks_for(sys.stdout.encoding), _helping(diagnosis, plan)):
            out.say(line)
        return diagnosis


def _plan(asked: AskedSubject, profile: Path | None, *options: str) -> Plan | HarnessError:
    """The plan of a run, or why there is none."""
    try:
        return plan_of(asked, profile, *options)
    except HarnessError as error:
        return error


def _planned(plan: Plan | HarnessError) -> Iterator[str]:
    """The verdicts that a run would come to: it is told first, as no device is needed to know it."""
    if isinstance(plan, HarnessError):
        yield f"There is no plan: {plan}"
        return
    first, *rest = in_short(plan)
    yield f"Plan: {first}"
    yield from (f"      {line}" for line in rest)
    yield ""


def _helping(diagnosis: Diagnosis, plan: Plan | HarnessError) -> Iterator[str]:
    """The lines of the profile that the examination misses, and how many requirements each would help to decide."""
    for words in (words for problem in diagnosis.problems for words in problem.lines):
        waiting = () if isinstance(plan, HarnessError) else plan.waiting_for(words)
        yield f"{words} would help to decide {counted(len(waiting), 'requirement')}."


def _visited(target: Target, asked: AskedSubject, arguments: argparse.Namespace, out: Outlet) -> Case:
    """With a device in virtual time there is nothing that could be left behind."""
    spec, subject = asked.spec, asked.subject.name
    if target.clock is Clock.VIRTUAL:
        return Examination(target, out.say, spec, subject=subject).make()
    with recovery_copy(arguments.reports, f"doctor-{target.name}") as notes:
        kept = (notes.recorder, notes.folder, arguments.take_over)
        case = Examination(target, out.say, spec, *kept, subject=subject).make()
        notes.is_needed = case.beside is not None and case.beside.not_put_back is not None
        return case


def _target(asked: AskedSubject, arguments: argparse.Namespace) -> Target:
    login = login_of(arguments)
    tls = tls_of(arguments)
    client_id, insecure = client_id_of(arguments), arguments.insecure
    means = (arguments.profile, login, tls, insecure, asked.spec, arguments.client_ca, client_id, asked.part)
    device = resolve(asked.device, TargetOptions(*means), f"--{asked.subject.option}")
    if isinstance(device, Recording):
        raise UsageError("a recording cannot be examined: there is no device behind it")
    return device
