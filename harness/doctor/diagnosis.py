"""All checks, one after the other: what is amiss in order of importance, and what is sound."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.doctor.case import Case, case_of
from harness.doctor.check import Check
from harness.doctor.checks import AT_FIRST_CONTACT, EVERYTHING
from harness.doctor.trouble import Trouble, Weight, Whose
from harness.record import Record


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`sound`: in the order of the checks."""

    troubles: Sequence[Trouble]
    sound: Sequence[str]


def diagnose(case: Case, checks: Sequence[Check] = EVERYTHING) -> Diagnosis:
    """A check that falls over is a trouble of ours; the others are still made."""
    troubles: list[Trouble] = []
    sound: list[str] = []
    for check in checks:
        try:
            found = list(check.find(case))
            words = None if found else check.sound(case)
        except Exception as bug:  # noqa: BLE001 - ours: it must cost neither the other checks nor a test run
            found, words = [_ours(check, bug)], None
        troubles += found
        sound += [words] if words else []
    return Diagnosis(sorted(troubles, key=lambda trouble: -trouble.weight), sound)


def at_first_contact(records: Sequence[Record]) -> Sequence[Trouble]:
    """What a test run can tell before it tests; the same records, the same troubles."""
    try:
        return diagnose(case_of(records), AT_FIRST_CONTACT).troubles
    except Exception as bug:  # noqa: BLE001 - a record that cannot be read is told elsewhere, and costs no verdict
        return [Trouble(Whose.TOOL, Weight.MINOR, f"the doctor fell over: {bug!r}.", "Report this as a bug.")]


def _ours(check: Check, bug: Exception) -> Trouble:
    what = f"the check of {check.name} fell over ({bug!r}), so nothing is said of it."
    return Trouble(Whose.TOOL, Weight.MINOR, what, "Report this as a bug.")
