"""A protocol as the instrument knows it: data of a plug, found by the entry point `setpoint.protocols`.

The instrument imports no plug. It asks here which there are, and what each of them brings.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from typing import Protocol as Shape

from harness.errors import UsageError
from harness.offers import PROTOCOLS, Offer, offers
from harness.suggest import hinted

if TYPE_CHECKING:  # they stand above this module: it only says of what type they are
    from harness.doctor.subject_doctor import SubjectDoctor
    from harness.driving.counterparts import Casting
    from harness.driving.scenario import Scenario
    from harness.files.drafted import Drafted
    from harness.judging.reader import Reader
    from harness.record.trace import Recorder
    from harness.target.declared import Declaration, Declared

DEVICE = "device"  # the option that says where a subject is met, unless it has one of its own

_SUBJECT_NAME = re.compile("[a-z0-9-]+")  # it becomes part of a file's name, and of an anchor's


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that is judged, such as a device. `suites`: the package in which its suites lie.

    `reader`: makes what reads the records of a run on it; it is called where a run is judged or told of, and may import
    then what it needs. `counterparts`: makes the counterparts that the harness plays, where it is driven; `doctor`:
    makes what knows of its health; likewise both.
    `check_demands`: asks a scenario's demands of a profile alone, and records what is lacking; it raises what asking
    raises. None: the demands of its scenarios are always met.
    `option`: the one by which an operator says where it is met, where that is not `--device`; `has_http`: beside it
    there is one for the address of what it serves over HTTP. `part`: makes of what a profile declares, and of that
    address, what is declared of it; None: it is all its own. `called`: what sentences call one whose id is no name.
    `opposite`: the name of the subject that is played opposite it, unless that is under test on the same broker;
    `check_pair`: raises what a scenario ends with there, where it takes an opposite that is played.
    `targets`: the schemes of that option at which one is met, such as `sim` or `mqtt`. `simulated`: the `--device` that
    is meant where none is given, and whose variants break its clauses; empty: nothing simulates it.
    """

    name: str
    suites: str
    reader: "Callable[[], Reader[Any]]"
    counterparts: "Casting"
    doctor: "Callable[[], SubjectDoctor]"
    check_demands: "Callable[[Scenario, Declared, Recorder], None] | None" = None
    targets: tuple[str, ...] = ()
    simulated: str = ""
    option: str = DEVICE
    has_http: bool = False
    part: "Callable[[Declaration, str | None], Declaration] | None" = None
    called: str = ""
    opposite: str = ""
    check_pair: "Callable[[Scenario], None] | None" = None

    def name_of(self, profile_id: str) -> str:
        """The one with that profile, in a sentence."""
        return self.called or profile_id


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """How many sequences were played; and, if one broke something, the requirement, what happened, and a scenario.

    `asked`: the requirements that every sequence is held against. `until_found`: the number of the sequence that broke
    it; those that were played behind it made it short.
    """

    asked: frozenset[str]
    played: int
    until_found: int = 0
    requirement: str | None = None
    story: str = ""
    scenario: str = ""


class Restoring(Shape):
    """Puts back what runs that were killed could not."""

    is_done: bool

    async def restore(self, tell: Callable[[str], None]) -> str:
        """A sentence on the change that was made. Raises LinkError, and UsageError where the change would be wrong."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """One plug. `specs`: the versions of its rules, the default first. `requirements`: the folder of its catalogue.

    `read_profile`: reads what the operator gives as --profile; raises UsageError. `check_profile`: raises UsageError
    where that, out of a trace, is none. `profile_kind`: the spec and the subject that a file is a profile of; None: it
    may be of another protocol. `is_default`: it is meant where no other is named. `restoring`: of a run's
    records, the broker's endpoint, the folder of all runs, a recorder, and the options `force` and `takes_over`; None:
    nothing is left behind. `fuzz`: of a target, the spec, how many sequences, and the seed; it raises UsageError where
    the target cannot be fuzzed, or not in that spec. `draft`: of the options of `setpoint profile`, and the spec;
    `draft_options`: those that not every protocol has a use for. `profile_forms`: in which forms an operator may give
    a profile, and `profile_hint`: how to come by one; both in words.
    """

    name: str
    specs: tuple[str, ...]
    subjects: tuple[Subject, ...]
    requirements: Path
    read_profile: "Callable[[Path], Declaration]"
    check_profile: "Callable[[Mapping[str, Any]], Declared]"
    profile_kind: "Callable[[Path], tuple[str, str] | None] | None" = None
    is_default: bool = False
    restoring: Callable[..., Restoring] | None = None
    fuzz: Callable[..., Fuzzed] | None = None
    draft: "Callable[..., Drafted] | None" = None
    draft_options: tuple[str, ...] = ()
    profile_forms: str = "TOML"
    profile_hint: str = ""


def check_protocol(candidate: object) -> None:
    """Raises UsageError, in words that stand behind "which", where the instrument cannot take it for a protocol."""
    if not isinstance(candidate, Protocol):
        needed = [field.name for field in fields(Protocol) if field.default is MISSING]
        lacking = ", ".join(name for name in needed if not hasattr(candidate, name))
        raise UsageError(f"is no Protocol, but a {type(candidate).__name__}{lacking and f' that lacks {lacking}'}")
    if empty := [name for name in ("name", "specs", "subjects") if not getattr(candidate, name)]:
        raise UsageError(f"has no {' and no '.join(empty)}")
    for subject in candidate.subjects:
        if not (isinstance(subject, Subject) and _SUBJECT_NAME.fullmatch(subject.name) and subject.suites):
            expected = "a Subject with a suite, and a name of small letters, digits and '-'"
            raise UsageError(f"has {subject!r} among its subjects: expected {expected}")
    if not candidate.requirements.is_dir():
        raise UsageError(f"has its requirements in {candidate.requirements}, which is no folder")


@cache
def protocols() -> tuple[Protocol, ...]:
    """Every plug that is installed, the default one first, then by name.

    Raises UsageError, which names the package, where one is of no use.
    """
    found = tuple(sorted(map(_loaded, offers(PROTOCOLS).values()), key=lambda plug: not plug.is_default))
    kinds = {
        "name": [plug.name for plug in found],
        "spec": [str(spec) for plug in found for spec in plug.specs],
        "subject": [subject.name for plug in found for subject in plug.subjects],
    }
    for kind, names in kinds.items():
        if twice := {name for name in names if names.count(name) > 1}:
            raise UsageError(f"two protocols of the group {PROTOCOLS} have the {kind} {min(twice)!r}")
    return found


def _loaded(offer: Offer) -> Protocol:
    plug = offer.load()
    try:
        offer.fares("cannot be looked at", lambda: check_protocol(plug))
    except UsageError as error:
        raise offer.unusable(str(error)) from error
    return cast("Protocol", plug)


def all_specs() -> tuple[str, ...]:
    """Of every plug, in order."""
    return tuple(spec for plug in protocols() for spec in plug.specs)


def protocol_of(spec: str) -> Protocol:
    """The plug whose rules these are. Raises UsageError, with what is possible, where there is none."""
    plug = _knowing(spec)
    if plug is None:
        raise UsageError(_hinted(f"no protocol that is installed has the spec {spec!r}", spec))
    return plug


def _knowing(spec: str) -> Protocol | None:
    return next((plug for plug in protocols() if spec in plug.specs), None)


def _hinted(sentence: str, spec: str) -> str:
    known = all_specs()
    return hinted(sentence, spec, known, otherwise=f"expected one of {', '.join(known)}")


def subject_speaking(spec: str, name: str = "") -> Subject:
    """The subject of that name; without one, as in traces of before subjects had names, the first that speaks the spec.

    Raises UsageError where no plug has the spec, or its plug has no such subject.
    """
    known = {subject.name: subject for subject in protocol_of(spec).subjects}
    if name and name not in known:
        raise UsageError(f"{spec} is spoken with {', '.join(known)}, and not with {name!r}")
    return known[name] if name else next(iter(known.values()))


def doctor_for(spec: str, subject: str = "") -> "SubjectDoctor":
    """The doctor for that subject, as `subject_speaking` finds it."""
    return subject_speaking(spec, subject).doctor()


def subject_named(name: str) -> Subject:
    """The subject of that name. Raises UsageError, with what is possible, where there is none."""
    known = {subject.name: subject for subject in subjects()}
    if name not in known:
        raise UsageError(f"{name!r} is no subject of a protocol that is installed; expected one of {', '.join(known)}")
    return known[name]


def device_or_default(typed: str | None, specs: Sequence[str] | None = None) -> str:
    """The `--device` that the operator typed, or else the simulated one of what the specs are spoken with.

    Raises UsageError where nothing simulates that.
    """
    if typed is not None:
        return typed
    plug = next(filter(None, map(_knowing, specs or ())), None) or default_of(protocols())
    simulated = next((subject.simulated for subject in plug.subjects if subject.simulated), None)
    if simulated is None:
        raise UsageError(f"--device is missing: nothing simulates what speaks {plug.name}")
    return simulated


def subjects_at(device: str, spec: str) -> Sequence[Subject]:
    """Those of the protocol of that spec which are met at the device; all where none names its scheme."""
    scheme, known = device.partition(":")[0].lower(), protocol_of(spec).subjects
    return [subject for subject in known if scheme in subject.targets] or known


def protocols_at(device: str) -> tuple[Protocol, ...]:
    """The plugs of which there is something to judge at that `--device`; every one where none names its scheme."""
    scheme = device.partition(":")[0].lower()
    return tuple(plug for plug in protocols() if any(scheme in one.targets for one in plug.subjects)) or protocols()


def spec_of(typed: Sequence[str] | None, spoken: Sequence[Protocol]) -> str:
    """The one spec that the operator typed, where these protocols may be spoken; or else the default of theirs.

    Raises UsageError, with what is possible, as `specs_typed` does, and where specs of two protocols were typed.
    """
    chosen = specs_typed(typed, spoken)
    if len(chosen) > 1:
        raise UsageError(
            f"--spec is {' and '.join(map(repr, chosen.values()))}: here, one protocol is spoken at a time"
        )
    return next(iter(chosen.values()), None) or default_of(spoken).specs[0]


def specs_typed(typed: Sequence[str] | None, spoken: Sequence[Protocol]) -> Mapping[str, str]:
    """The specs that the operator typed, by the names of their protocols, where these may be spoken.

    Raises UsageError, with what is possible: where there is none of that name, or it is of another protocol, or two of
    one protocol are asked for.
    """
    chosen: dict[str, str] = {}
    for name in typed or ():
        plug = _knowing(name)
        if plug is None:
            raise UsageError(_hinted(f"--spec is {name!r}", name))
        if plug not in spoken:
            possible = ", ".join(spec for other in spoken for spec in other.specs)
            raise UsageError(f"--spec is {name!r}, but {plug.name} is not spoken there; expected one of {possible}")
        if chosen.setdefault(plug.name, name) != name:
            raise UsageError(
                f"--spec is {chosen[plug.name]!r}, and {name!r}: one spec of {plug.name} is spoken at a time"
            )
    return chosen


def subject_of(module: str) -> Subject | None:
    """The subject whose suites the module, by its dotted name, belongs to: that of the closest package."""
    known = [subject for plug in protocols() for subject in plug.subjects if _is_in(module, subject.suites)]
    return max(known, key=lambda subject: len(subject.suites), default=None)


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def default_spec() -> str:
    """The spec that is meant where none is named. Raises UsageError where no protocol is installed."""
    return default_of(protocols()).specs[0]


def default_of(plugs: Sequence[Protocol]) -> Protocol:
    """The one that is meant where no other is named. Raises UsageError where no protocol is installed."""
    if not plugs:
        raise UsageError(f"no protocol is installed: nothing is found in the group {PROTOCOLS}")
    return next((plug for plug in plugs if plug.is_default), plugs[0])


def subjects() -> Sequence[Subject]:
    """Of every plug, in order."""
    return [subject for plug in protocols() for subject in plug.subjects]
