"""`setpoint doctor`: why a device cannot be tested well, before it is."""

import argparse
import os
import sys
from pathlib import Path

from harness.cli.kept import kept
from harness.clock import Clock
from harness.credentials import add_listening_options, add_options, login_of, tls_of
from harness.doctor.case import Case
from harness.doctor.diagnosis import diagnose
from harness.doctor.visit import LONGEST, Visit
from harness.doctor.wording import lines, marks_for
from harness.errors import UsageError
from harness.judging.finding import Outcome
from harness.target import Means, Recording, Target, resolve
from harness.wire.spec import Spec, spec_of
from harness.wire.spec import add_option as add_spec


class Doctor:
    """Look at a device, its broker and its profile before any verdict, and say what is amiss and what mends it."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The same as for a test run."""
        add = parser.add_argument
        add("--device", required=True, metavar="TARGET", help="sim, mqtt[s]://HOST[:PORT] or listen[s]://HOST[:PORT]")
        add("--profile", type=Path, metavar="FILE", help="what the device has")
        add_options(add, "ours: as a client, or with listens as the server")
        add_spec(add)
        add_listening_options(add)
        add("--reports", type=Path, default=Path("reports"), metavar="DIR", help="where runs land (default: reports/)")

    def run(self, arguments: argparse.Namespace) -> int:
        """0: nothing is amiss; 1: something is. Raises UsageError where there is nothing to examine."""
        target = _target(arguments)
        marks = marks_for(sys.stdout.encoding)
        if target.clock is Clock.REAL:
            _say(f"examining {target.profile.id} at {target.name}, {LONGEST:g} s at most")
        try:
            case = _visited(target, spec_of(arguments.spec), arguments.reports)
        except KeyboardInterrupt:
            print("setpoint: interrupted; what had been found was put back", file=sys.stderr)  # noqa: T201 - to the operator
            return Outcome.UNUSABLE
        diagnosis = diagnose(case)
        for line in lines(diagnosis, marks):
            _say(line)
        return 1 if diagnosis.troubles else 0


def _visited(target: Target, spec: Spec, reports: Path) -> Case:
    """With a device in virtual time there is nothing that could be left behind."""
    if target.clock is Clock.VIRTUAL:
        return Visit(target, _say, spec).make()
    with kept(reports, f"doctor-{target.name}") as notes:
        case = Visit(target, _say, spec, notes.recorder, notes.folder).make()
        notes.is_needed = case.beside is not None and case.beside.not_put_back is not None
        return case


def _target(arguments: argparse.Namespace) -> Target:
    login = login_of(arguments)
    tls = tls_of(arguments)
    means = Means(arguments.profile, login, tls, arguments.insecure, spec_of(arguments.spec), arguments.client_ca)
    device = resolve(arguments.device, means)
    if isinstance(device, Recording):
        raise UsageError("a recording cannot be examined: there is no device behind it")
    return device


def _say(line: str) -> None:
    try:
        print(line, flush=True)  # noqa: T201 - what the operator asked for
    except BrokenPipeError:  # nobody reads on; what was found on the broker is put back all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
