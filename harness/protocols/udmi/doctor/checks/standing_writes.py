"""State of the device at first contact: values written by no config, and errors that it reports."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, named, valued
from harness.payload.values import Field
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.driving.standing_writes import standing
from harness.protocols.udmi.words.messages import State, Status
from harness.protocols.udmi.words.status_levels import StatusLevel, is_error

# UDMI 1.5, device testing: the system has no status from WARNING on. A point that is held by hand has one of WARNING.
_SYSTEM = "the system"


def _find(case: Case) -> Iterator[Problem]:
    if not case.live_states:
        return
    state = case.live_states[-1].message
    yield from _written(case, state)
    yield from _errors(case, state)


def _sound(case: Case) -> str | None:
    if case.beside is None or not case.live_states:
        return None
    return "no point stands written, and no status tells of an error"


def _written(case: Case, state: State) -> Iterator[Problem]:
    """A point that does not come free is written by no scenario."""
    told = standing(state, case.profile.points)
    for name, words in told.items():
        yield Problem(
            Party.DEVICE,
            Severity.GRAVE,
            f"no config writes {named(name)}, but its {words}.",
            f"Let go of {named(name)} on the device, or clear what keeps it; as long as it is not free, no scenario "
            "that needs it is driven.",
        )


def _errors(case: Case, state: State) -> Iterator[Problem]:
    """An error that stands from the beginning is taken for an answer to what is written later."""
    written = standing(state, case.profile.points)
    places = {_SYSTEM: state.system.status if state.system else None}
    places |= {"the pointset": state.pointset.status if state.pointset else None}
    places |= {name: point.status for name, point in state.points.items() if name not in written}
    grave = {name: status for name, status in places.items() if isinstance(status, Status) and _is_grave(name, status)}
    if grave:
        name, status = next(iter(grave.items()))
        yield Problem(
            Party.DEVICE,
            Severity.GRAVE,
            f"it tells of an error before anything is asked of it, at {listed(grave)}: "
            f"the status of {named(name)} says {_text(status.message)} "
            f"({_text(status.category)}, level {status.level}).",
            "Mend what the status tells of before the run, or expect verdicts on statuses and on writes there to be "
            "about this error.",
        )


def _is_grave(place: str, status: Status) -> bool:
    return is_error(status, least=StatusLevel.WARNING if place == _SYSTEM else StatusLevel.ERROR)


def _text(field: Field[str]) -> str:
    return valued(field) if isinstance(field, str) else "nothing that can be read"


STANDING = Check("what stands already", _find, _sound)
