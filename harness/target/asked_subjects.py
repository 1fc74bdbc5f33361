"""The subjects that a run is asked to judge: each by one spec, and met at one `--device`."""

from collections.abc import Mapping, Sequence
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
    subjects,
    subjects_at,
)

SIMULATED = "sim"
_EVERY_SIMULATED = (None, SIMULATED)  # as --device: of each subject the one that is simulated


@dataclass(frozen=True, slots=True)
class AskedSubject:
    """A subject that a run is asked to judge. `device`: as `--device` names what is to be met."""

    subject: Subject
    spec: str
    device: str


def asked_subjects(
    device: str | None,
    typed: Sequence[str] | None,
    elsewhere: Mapping[str, str] | None = None,
    profile: Path | None = None,
) -> Sequence[AskedSubject]:
    """The subjects of the protocols whose specs were typed; without any, of all that the device stands for.

    `elsewhere`: where subjects are met that have an option of their own, by that option. With such a one alone, the
    other subjects are not asked for.

    `sim`, and no device at all, stand for every subject that is simulated; an address stands for the protocols that the
    profile declares: the default one at its top level, and each that has a table in it. Raises UsageError where a spec
    is not spoken at the device, or nothing simulates what speaks it.
    """
    if elsewhere:
        return _with_those_elsewhere(device, typed, elsewhere, profile)
    is_simulated = device in _EVERY_SIMULATED
    met = protocols() if device is None or is_simulated else protocols_at(device)
    specs = specs_typed(typed, met)
    plugs = [plug for plug in met if plug.name in specs] or (met if is_simulated else _declared(profile, met))
    asked = []
    for plug in sorted(plugs, key=lambda plug: not plug.is_default):
        spec = specs.get(plug.name, plug.specs[0])
        if device is None or is_simulated:
            asked += [AskedSubject(one, spec, one.simulated) for one in plug.subjects if one.simulated]
        else:
            asked += [AskedSubject(one, spec, device) for one in subjects_at(device, spec)]
    if not asked:
        names = " and ".join(plug.name for plug in plugs) or "any protocol"
        raise UsageError(f"--device is missing: nothing simulates what speaks {names}")
    return asked


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


def _declared(profile: Path | None, met: Sequence[Protocol]) -> Sequence[Protocol]:
    declared = declared_in(profile)
    named = [plug for plug in met if plug.name in declared.named]
    top = [default_of(met)] if declared.has_top_level or not named else []
    return list({plug.name: plug for plug in (*top, *named)}.values())


def _options(known: Sequence[Subject]) -> Sequence[str]:
    return sorted({subject.option for subject in known})


def _with_those_elsewhere(
    device: str | None, typed: Sequence[str] | None, elsewhere: Mapping[str, str], profile: Path | None
) -> Sequence[AskedSubject]:
    plugs = [plug for plug in protocols() if any(one.option in elsewhere for one in plug.subjects)]
    known = {spec for plug in plugs for spec in plug.specs}
    specs = specs_typed([spec for spec in typed or () if device is None or spec in known], plugs)
    asked = []
    for plug in plugs:
        for one in plug.subjects:
            if address := elsewhere.get(one.option):
                at = one.simulated if address == SIMULATED else address
                asked.append(AskedSubject(one, specs.get(plug.name, plug.specs[0]), at))
    if device is None:
        return asked
    named = {one.subject.name for one in asked}
    return [*(one for one in asked_subjects(device, typed, profile=profile) if one.subject.name not in named), *asked]
