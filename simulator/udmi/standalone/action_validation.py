"""Which actions make sense on a point, and why others do not. Asked before an event reaches the device."""

from harness.payload.values import Value
from harness.suggest import hinted
from simulator.udmi.declared.points import ReadOnly, SimulatedPoint, kind_of
from simulator.udmi.declared.units import UNITS, others
from simulator.udmi.live_point import LivePoint

_HUGE = 1e12  # beyond what any sensor shows, and well within what any conversion keeps finite
_TROUBLES = ("override", "release", "break", "mend")
ACTIONS = (*_TROUBLES, "units", "value")


class InvalidValueError(Exception):
    """The value or units of the action are wrong, for any point of this kind or for all."""


class InvalidActionError(Exception):
    """The action cannot be done to this point, or not now."""


def offered(point: SimulatedPoint) -> list[str]:
    """The actions that make sense for its kind."""
    return [*(() if isinstance(point.behaviour, ReadOnly) else _TROUBLES), *(["units"] * _convertible(point)), "value"]


def check_trouble(point: SimulatedPoint, action: str) -> None:
    """Raises NoSenseError where nobody can take or break it."""
    if action not in offered(point):
        raise InvalidActionError(
            f"{point.name} is read_only: {action} would change nothing, as no write ever reaches it"
        )


def check_units(live: LivePoint, units: object) -> str:
    """The units. Raises WrongValueError for unknown ones, NoSenseError for those of another quantity."""
    if units not in UNITS:
        sentence, names = "units must be a name that is known here", f"known are {', '.join(UNITS)}"
        raise InvalidValueError(hinted(sentence, str(units), UNITS, otherwise=names, near=0.5))
    now = live.condition.units
    if not _convertible(live.point):
        raise InvalidActionError(
            f"{live.point.name} is {f'in {now}' if now else 'without units'}; nothing converts that"
        )
    if units != now and units not in others(now):
        raise InvalidActionError(f"{live.point.name} is in {now}, which converts to {', '.join(others(now))} only")
    return str(units)


def check_value(live: LivePoint, value: Value) -> None:
    """Raises WrongValueError for another type, NoSenseError while it shows what the cloud wrote."""
    wanted, got = kind_of(live.point.base), kind_of(value)
    if wanted != got:
        raise InvalidValueError(f"{live.point.name} shows a {wanted}, not a {got}")
    if isinstance(value, int | float) and abs(value) > _HUGE:
        raise InvalidValueError(f"value must lie between {-_HUGE:g} and {_HUGE:g}")
    if live.is_in_force:
        raise InvalidActionError(
            f"{live.point.name} shows what the cloud wrote; override it first, or let the cloud release it"
        )


def trouble(live: LivePoint) -> str | None:
    """The point's trouble, in a few words."""
    condition = live.condition
    if condition.fault:
        return condition.fault
    if condition.settles_after is None:
        return "never settles"
    return f"settles after {condition.settles_after:g} s" if condition.settles_after else None


def _convertible(point: SimulatedPoint) -> bool:
    return bool(others(point.units))
