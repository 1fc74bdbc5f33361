"""The limits that the suites of a subject hold it to: declared, stretched by a profile, and in force.

A suite's limits lie beside its judgements: the frozen dataclass `Limits` of the module `limits` in the package that a
subject names. The instrument imports it by that name alone. A field without a default of `set_by` or `stretchable` is
no limit; a profile may stretch those that no source sets.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from importlib import import_module
from typing import Any, TypeVar, cast

from harness.errors import UsageError
from harness.files.bundled import have_suites_found
from harness.files.toml_file import TomlFile
from harness.protocol import Subject
from harness.suggest import hinted
from harness.text import brief, printable

L = TypeVar("L")
N = TypeVar("N", int, float)

MOST_MORE = 300.0  # seconds: a run comes to an end, and so does a write that must outlive a few such waits
KEY = "limits"  # of a profile, in its file and in a record
_SET_BY = "set_by"


@dataclass(frozen=True, slots=True)
class NoLimits:
    """Those of suites that have none."""


@dataclass(frozen=True, slots=True)
class LimitInForce:
    """A limit of a run, and the limit without the profile. `set_by`: the source; None: none sets it.

    Both are in the limit's own unit, which is seconds for all that a profile may stretch.
    """

    used: float
    usual: float
    set_by: str | None


def set_by(source: str, value: N) -> N:
    """The default of a limit that a source sets, in the unit that the source names."""
    return field(default=value, metadata={_SET_BY: source})


def stretchable(seconds: float) -> float:
    """The default of a limit that no source sets."""
    return field(default=seconds, metadata={_SET_BY: None})


def stretched(limits: type[L], seconds: Mapping[str, float]) -> L:
    """The suite's limits, for a device that needs more time: for one of which `slip_in` has nothing to say."""
    return limits(**seconds)


def slip_in(limits: type[object], name: str, seconds: object) -> str | None:
    """Why a profile cannot ask for that, in words; None where it can."""
    known = {each.name: each for each in _declared(limits)}
    free = [each for each in known if _source(known[each]) is None]
    if name not in known:
        return hinted("there is no such limit", name, free, otherwise=_possible(free))
    if (source := _source(known[name])) is not None:
        return f"it is set by {source}, so no profile stretches it; {_possible(free)}"
    usual = _usual(known[name])
    most = usual + MOST_MORE
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not usual <= seconds <= most:
        return f"expected seconds, from the usual {usual:g} to {most:g}: a limit is stretched, and never tightened"
    return None


def hold_to(limits: Callable[[], type[object]] | None, file: TomlFile) -> None:
    """The file's profile stretches nothing but what it may. Raises UsageError, with the line.

    `limits`: gives those of the suites that its thing is held to, if it is asked; None: nobody looks.
    """
    for name, seconds in file.content.get(KEY, {}).items() if limits else ():
        if limits and (slip := slip_in(limits(), name, seconds)):
            raise file.amiss((KEY, name), slip)


def in_force(limits: object) -> Mapping[str, LimitInForce]:
    """Each limit by its name, in the order of the suite."""
    return {
        each.name: LimitInForce(float(getattr(limits, each.name)), _usual(each), _source(each))
        for each in _declared(type(limits))
    }


def longest_stretch(limits: object) -> float:
    """Seconds by which one of them is longer than it usually is, at most; 0 where none is."""
    return max((one.used - one.usual for one in in_force(limits).values()), default=0.0)


def limits_of(subject: Subject) -> type[Any]:
    """Of its suites; `NoLimits` where they have none."""
    have_suites_found()
    module = f"{subject.suites}.limits"
    try:
        limits: type[Any] = import_module(module).Limits
    except ModuleNotFoundError as missing:
        if missing.name is None or not f"{module}.".startswith(f"{missing.name}."):
            raise
        return NoLimits
    return limits


def limits_in_force(subject: Subject, profile: Mapping[str, Any]) -> object:
    """The limits for a device with that profile, as a record has it.

    Raises UsageError where the profile stretches what it may not.
    """
    limits, asked = limits_of(subject), profile.get(KEY) or {}
    if not isinstance(asked, Mapping):
        raise UsageError("the profile's limits are no table")
    for name, seconds in asked.items():
        if slip := slip_in(limits, name, seconds):
            raise UsageError(f"the profile says limits.{printable(name)} = {brief(seconds)}: {slip}")
    return stretched(limits, asked)


def _declared(limits: type[object]) -> list[Field[Any]]:
    """Nothing where the suite has no limits."""
    return [each for each in fields(cast("Any", limits)) if _SET_BY in each.metadata]


def _usual(limit: Field[Any]) -> float:
    usual: Any = limit.default
    return float(usual)


def _source(limit: Field[Any]) -> str | None:
    source: str | None = limit.metadata[_SET_BY]
    return source


def _possible(names: list[str]) -> str:
    return f"those that it may are {', '.join(names)}" if names else "these suites have none that it may"
