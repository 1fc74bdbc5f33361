"""Values that are written although nothing is to come of it: a slip in the profile would make them real."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, valued
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.profile import Point, PointKind


def _find(case: Case) -> Iterator[Problem]:
    """A device that declares itself, as a simulated one, cannot be wrong about it."""
    tried = _tried(case)
    if case.beside is None or case.beside.declares_itself or not tried:
        return
    told = listed(f"{point.name} = {valued(point.good[0])}" for point in tried)
    yield Problem(
        Party.PROFILE,
        Severity.MINOR,
        f"what it calls read_only has good values, so one is written, to be refused: {told}. If the device takes it, "
        "the value is in force until the next config.",
        f'If it is not read-only, give [points.{tried[0].name}] its kind, such as "writable"; if it is, and must not '
        "even be tried, write good = []",
    )


def _sound(case: Case) -> str | None:
    del case
    return None


def _tried(case: Case) -> list[Point]:
    return case.profile.of_kind(PointKind.READ_ONLY)[:1]  # the suites take the first


REFUSALS = Check("what is to be refused", _find, _sound)
