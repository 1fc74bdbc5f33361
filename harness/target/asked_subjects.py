"""The subjects that a run is asked to judge: each by one spec, and met at one `--device`."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError
from harness.files.protocol_tables import declared_in
from harness.protocol import (
    DEVICE,
    Protocol,
    Subject,
    default_of,
    protocols,
    protocols_at,
    specs_typed,
    subject_named,
    subjects,
    subjects_at,
)
from harness.target.declared import Declaration

SIMULATED = "sim"
_URL = re.compile(r"https?://[^/@?#\s]+/?")
_EVERY_SIMULATED = (None, SIMULATED)  # as --device: of each subject the one that is simulated


@dataclass(frozen=True, slots=True)
class AskedSubject:
    """A subject that a run is asked to judge. `device`: as `--device`, or the subject's own option, names it.

    `http`: the address of what it serves over HTTP, where the operator typed it.
    """

    subject: Subject
    spec: str
    device: str
    http: str | None = None

    @property
    def part(self) -> Callable[[Declaration], Declaration] | None:
        """Makes of what a profile declares what is declared of the subject; None: it is all its own."""
        part = self.subject.part
        return None if part is None else lambda declared: part(declared, self.http)

    @property
    def options(self) -> Sequence[str]:
        """The options by which a run meets it."""
        at = f"--{self.subject.option}={self.device}"
        return (at, *([f"{_http(self.subject.option)}={self.http}"] if self.http else []))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The address of a subject that has an option of its own; `http`: of what it serves over HTTP."""

    address: str
    http: str | None = None


def asked_subjects(
    device: str | None,
    typed: Sequence[str] | None,
    elsewhere: Mapping[str, Elsewhere] | None = None,
    profile: Path | None = None,
    suites: Sequence[Protocol] = (),
) -> Sequence[AskedSubject]:
    """The subjects of the protocols whose specs were typed; without any, of all that the device stands for.

    `elsewhere`: where subjects are met that have an option of their own, by that option. With such a one alone, the
    other subjects are not asked for.

    `sim`, and no device at all, stand for every subject that is simulated; an address stands for the protocols that the
    profile declares: each that has a table in it, and one at its top level, which is the one whose profile that is, or
    whose `suites` alone the operator named, or else the default one; of several subjects there, for the one that the
    profile is of. Raises UsageError where a spec is not spoken at
    the device, or nothing simulates what speaks it.
    """
    if elsewhere:
        return _with_those_elsewhere(device, typed, elsewhere, profile, suites)
    all_simulated = device in _EVERY_SIMULATED
    met = protocols() if device is None or all_simulated else protocols_at(device)
    specs = specs_typed(typed, met)
    plugs = [plug for plug in met if plug.name in specs] or (met if all_simulated else _declared(profile, met, suites))
    asked = []
    for plug in sorted(plugs, key=lambda plug: not plug.is_default):
        spec = specs.get(plug.name) or (None if all_simulated else _spec_in(profile, plug)) or plug.specs[0]
        if device is None or all_simulated:
            asked += [AskedSubject(one, spec, one.simulated) for one in plug.subjects if one.simulated]
        else:
            asked += [AskedSubject(one, spec, device) for one in _of_profile(subjects_at(device, spec), profile, plug)]
    if not asked:
        names = " and ".join(plug.name for plug in plugs) or "any protocol"
        raise UsageError(f"--device is missing: nothing simulates what speaks {names}")
    return asked


def add_options_of_their_own(add: Callable[..., object]) -> None:
    """Those by which subjects are met that have an option of their own."""
    for option, names in options_of_their_own().items():
        words = f"what to test as {names}: sim, or as for --device".replace("%", "%%")
        add(f"--{option}", metavar="TARGET", help=words)
        if _has_http(option):
            add(_http(option), metavar="URL", help=f"its REST, such as http://HOST:PORT, for --{option} at a broker")


def elsewhere_typed(options: argparse.Namespace) -> Mapping[str, Elsewhere]:
    """The places of subjects that are met by an option of their own, as far as the operator typed it.

    Raises UsageError where the address of a REST is none, or stands alone.
    """
    found = {}
    for option in options_of_their_own():
        address, http = getattr(options, option), getattr(options, f"{option}_http", None)
        if http is not None and not _URL.fullmatch(http):
            raise UsageError(f"{_http(option)} is no address of a REST; expected http://HOST:PORT, without a login")
        if http is not None and not address:
            raise UsageError(f"{_http(option)} has no use without --{option}")
        if http is not None and address == SIMULATED:
            raise UsageError(f"{_http(option)} has no use with --{option}={SIMULATED}: that has a REST of its own")
        if address:
            found[option] = Elsewhere(str(address), http and http.rstrip("/"))
    return found


def options_of_their_own() -> Mapping[str, str]:
    """The subjects that are met by another option than `--device`, by that option; none where a plug is of no use."""
    try:
        known = [subject for subject in subjects() if subject.option != DEVICE]
    except UsageError:
        return {}
    return {option: ", ".join(one.name for one in known if one.option == option) for option in _options(known)}


def option_of(name: str) -> str:
    """By which the subject of that name is met; of one that is not installed, `device`."""
    return next((subject.option for subject in subjects() if subject.name == name), DEVICE)


def option_meant(profile: Path) -> str:
    """The option by which the one subject is met that the profile is of; `device` where that stays open."""
    kinds = [kind for plug in protocols() if (kind := _kind(profile, plug))]
    return subject_named(kinds[0][1]).option if len(kinds) == 1 else DEVICE


def _declared(profile: Path | None, met: Sequence[Protocol], suites: Sequence[Protocol]) -> Sequence[Protocol]:
    declared = declared_in(profile)
    named = [plug for plug in met if plug.name in declared.named]
    if named and not declared.has_top_level:
        return named
    by_content = [] if named else [plug for plug in met if _spec_in(profile, plug)]
    by_suites = [plug for plug in met if plug in suites]
    top = next((those[0] for those in (by_content, by_suites) if len(those) == 1 and not named), default_of(met))
    return list({plug.name: plug for plug in (top, *named)}.values())


def _spec_in(profile: Path | None, plug: Protocol) -> str | None:
    """The spec that the profile declares something for, as its plug sees that; None: it does not say."""
    kind = _kind(profile, plug)
    return kind and kind[0]


def _kind(profile: Path | None, plug: Protocol) -> tuple[str, str] | None:
    return plug.profile_kind(profile) if profile and plug.profile_kind else None


def _of_profile(those: Sequence[Subject], profile: Path | None, plug: Protocol) -> Sequence[Subject]:
    """Those of the subjects at a device that the profile is of; all, where it does not say."""
    kind = _kind(profile, plug)
    return [one for one in those if kind and one.name == kind[1]] or those


def _has_http(option: str) -> bool:
    return any(subject.has_http for subject in subjects() if subject.option == option)


def _http(option: str) -> str:
    return f"--{option}-http"


def _options(known: Sequence[Subject]) -> Sequence[str]:
    return sorted({subject.option for subject in known})


def _with_those_elsewhere(
    device: str | None,
    typed: Sequence[str] | None,
    elsewhere: Mapping[str, Elsewhere],
    profile: Path | None,
    suites: Sequence[Protocol],
) -> Sequence[AskedSubject]:
    plugs = [plug for plug in protocols() if any(one.option in elsewhere for one in plug.subjects)]
    known = {spec for plug in plugs for spec in plug.specs}
    specs = specs_typed([spec for spec in typed or () if device is None or spec in known], plugs)
    asked = []
    for plug in plugs:
        for one in plug.subjects:
            if place := elsewhere.get(one.option):
                at = one.simulated if place.address == SIMULATED else place.address
                spec = specs.get(plug.name) or (None if at == one.simulated else _spec_in(profile, plug))
                asked.append(AskedSubject(one, spec or plug.specs[0], at, place.http))
    if device is None:
        return asked
    named = {one.subject.name for one in asked}
    beside = asked_subjects(device, typed, None, profile, suites)
    return [*(one for one in beside if one.subject.name not in named), *asked]
