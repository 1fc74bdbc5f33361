"""All checks, one after the other: what is amiss in order of importance, and what is sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.checks import OF_EVERY_CASE
from harness.doctor.problem import Party, Problem, Severity
from harness.protocol import doctor_for
from harness.record.kinds import Record, began_in


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`sound`: in the order of the checks."""

    problems: Sequence[Problem]
    sound: Sequence[str]


def diagnose(case: Case, checks: Sequence[Check[Any]] | None = None) -> Diagnosis:
    """By these checks; None: by all that there are for the case.

    A check that falls over is a problem of ours; the others are still made.
    """
    problems: list[Problem] = []
    sound: list[str] = []
    for check in checks_of(case) if checks is None else checks:
        try:
            found = list(check.find(case))
            words = None if found else check.sound(case)
        except Exception as bug:  # noqa: BLE001 - ours: it must cost neither the other checks nor a test run
            found, words = [_ours(check, bug)], None
        problems += found
        sound += [words] if words else []
    return Diagnosis(sorted(problems, key=lambda problem: -problem.weight), sound)


def checks_of(case: Case) -> Sequence[Check[Any]]:
    """Those of every case, and those of its plug."""
    return (*OF_EVERY_CASE, *doctor_for(case.spec, case.subject).checks)


def at_first_contact(records: Sequence[Record]) -> Sequence[Problem]:
    """The problems that a test run can tell before it tests. The same records give the same problems."""
    try:
        began = began_in(records)
        return diagnose(doctor_for(began.spec, began.subject).case_of(records)).problems
    except Exception as bug:  # noqa: BLE001 - a record that cannot be read is told elsewhere, and costs no verdict
        return [Problem(Party.TOOL, Severity.MINOR, f"the doctor fell over: {bug!r}.", "Report this as a bug.")]


def _ours(check: Check[Any], bug: Exception) -> Problem:
    what = f"the check of {check.name} fell over ({bug!r}), so nothing is said of it."
    return Problem(Party.TOOL, Severity.MINOR, what, "Report this as a bug.")
