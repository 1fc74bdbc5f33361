"""The subjects that a run is asked to judge: each by one spec, and met at one `--device`."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.errors import UsageError
from harness.protocol import Subject, default_of, protocols, protocols_at, specs_typed, subjects_at

_EVERY_SIMULATED = (None, "sim")  # as --device: of each subject the one that is simulated


@dataclass(frozen=True, slots=True)
class AskedSubject:
    """A subject that a run is asked to judge. `device`: as `--device` names what is to be met."""

    subject: Subject
    spec: str
    device: str


def asked_subjects(device: str | None, typed: Sequence[str] | None) -> Sequence[AskedSubject]:
    """The subjects of the protocols whose specs were typed; without any, of all that the device stands for.

    `sim`, and no device at all, stand for every subject that is simulated; an address stands for the default protocol,
    as it is one thing under test that is met there. Raises UsageError where a spec is not spoken at the device, or
    nothing simulates what speaks it.
    """
    is_simulated = device in _EVERY_SIMULATED
    met = protocols() if device is None or is_simulated else protocols_at(device)
    specs = specs_typed(typed, met)
    plugs = [plug for plug in met if plug.name in specs] or (met if is_simulated else [default_of(met)])
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
