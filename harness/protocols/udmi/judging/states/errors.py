"""The errors that one state tells of, wherever they stand in it."""

from collections.abc import Mapping

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import State, Status
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.status_levels import is_error


def own_error(state: State) -> Status | None:
    """That of the device itself: its system's status, if it is one of an error."""
    status = state.system.status if state.system else None
    return status if isinstance(status, Status) and is_error(status) else None


def errors_in_pointset(state: State) -> Mapping[str, str]:
    """Category by where it stands: at the pointset, or at a point."""
    found: dict[str, Field[Status]] = {name: point.status for name, point in state.points.items()}
    if state.pointset:
        found["the pointset"] = state.pointset.status
    return {
        name: said(status.category) for name, status in found.items() if isinstance(status, Status) and is_error(status)
    }


def errors_anywhere(state: State) -> Mapping[str, str]:
    """The same, with the device's own."""
    own = own_error(state)
    return {**errors_in_pointset(state), **({"the system": said(own.category)} if own else {})}
