"""The identity that the device reports in every state, against the nameplate of the profile."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Unconfirmed, Undecided, Undeclared, Undocumented
from harness.mqtt.host import ip_of
from harness.payload.values import Field
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.words.messages import SystemState
from harness.protocols.udmi.words.said import said
from harness.text import printable


@dataclass(frozen=True)
class ReportedIdentity:
    """Asked of all states of a run. A state that leaves the device itself out is another clause's question."""

    history: History
    evidence: Evidence

    def names_its_make(self) -> None:
        """Wherever the device speaks of itself, it names the make that the profile has."""
        self._names("make", self._plate.make, lambda system: system.make)

    def names_its_model(self) -> None:
        """Likewise."""
        self._names("model", self._plate.model, lambda system: system.model)

    def names_its_serial_number(self) -> None:
        """Likewise."""
        self._names("serial_no", self._plate.serial_no, lambda system: system.serial_no)

    def names_its_software(self) -> None:
        """Every part that the profile lists is there, in its version; there may be more."""
        if not self._plate.software:
            raise self._undocumented("software")
        self._is_confirmed("software")
        for part, version in self._plate.software.items():
            self._names(f"software {part}", version, _version_of(part))

    def observe_more_software(self) -> None:
        """Write down which parts the device lists beside those of the profile."""
        if not self._plate.software:
            raise self._undocumented("software")
        named = (part for heard in self._systems() for part in heard.message.software)
        beside = dict[str, None]()
        for part in named:
            if part not in self._plate.software:
                beside[part] = None
            if len(beside) > _MOST_PARTS:
                break
        told = ", ".join(printable(part) for part in sorted(beside)[:_TOLD])
        over, more = "over " if len(beside) > _MOST_PARTS else "", min(len(beside), _MOST_PARTS) - _TOLD
        others = f" and {over}{more} more" if more > 0 else ""
        self.evidence.observed.append(f"software beside that of the profile: {told or 'none'}{others}")

    def tells_its_address(self, family: str) -> None:
        """It is reported, and is never another than the profile has. Spellings of one address are the same."""
        declared = self._plate.addresses.get(family)
        if declared is None:
            lacking = family if self._plate.addresses else "ether, ipv4 or ipv6"
            raise Undeclared(f"the profile has no {lacking} among its addresses")
        self._is_confirmed("addresses")
        telling = [heard for heard in self.history.states if heard.message.addresses.get(family) is not None]
        should = f"The device should report its {family} address as {said(declared)}"
        for heard in telling:
            told = heard.message.addresses[family]
            if not _is_the_same(family, told, declared):
                raise NotObserved(f"{should}, but reports {said(told)}.", EvidenceRef(heard.place))
        self.history.went_all_the_way()
        if not self.history.states:
            raise Undecided("no state came to judge")
        if not telling:
            raise NotObserved(f"{should}, but reports none in any state.", EvidenceRef(self.history.states[-1].place))
        self.evidence.rests_on(telling[0].place, telling[-1].place)

    def _names(self, what: str, declared: str | None, found: Callable[[SystemState], Field[str]]) -> None:
        if declared is None:
            raise self._undocumented(what)
        self._is_confirmed(what)
        systems = self._systems()
        for heard in systems:
            told = found(heard.message)
            if told != declared:
                story = f"The device should say that its {what} is {said(declared)}, but says {said(told)}."
                raise NotObserved(story, EvidenceRef(heard.place))
        self.history.went_all_the_way()
        self.evidence.rests_on(systems[0].place, systems[-1].place)

    def _undocumented(self, what: str) -> Undocumented:
        """That the line is missing; others of the nameplate that are missing as well are named with it."""
        plate = self._plate
        said = {"make": plate.make, "model": plate.model, "serial_no": plate.serial_no, "software": plate.software}
        missing = [name for name in _LINES if name == what or not said.get(name)]
        lines = ", ".join(f"{name} = {_LINES[name][0]}" for name in missing)
        places = ", ".join(dict.fromkeys(_LINES[name][1] for name in missing))
        add = f"add the line{'s' if len(missing) > 1 else ''} {lines} (metadata: {places})"
        return Undocumented(f"the profile does not say what stands on the device: {add}")

    def _is_confirmed(self, line: str) -> None:
        """Raises CouldNotTest where a draft took the nameplate from the device: it proves nothing of the device."""
        if line in self.history.profile.guessed:
            by = "by `setpoint profile --confirm FILE`, or by hand, in the line guessed at the top of the profile"
            lines = ", ".join(self.history.profile.guessed)
            guess = f"what the profile says of {lines} is a draft's guess, from what the device said"
            raise Unconfirmed(f"{guess}: confirm it {by}")

    def _systems(self) -> Sequence[Heard[SystemState]]:
        if not self.history.systems:
            self.history.went_all_the_way()
            raise Undecided("no state said anything of the device itself")
        return self.history.systems

    @property
    def _plate(self) -> Nameplate:
        return self.history.profile.nameplate


_LINES = {  # of the nameplate: its form in a profile, and its place in UDMI's metadata
    "make": ('"…"', "system.hardware"),
    "model": ('"…"', "system.hardware"),
    "serial_no": ('"…"', "system.serial_no"),
    "software": ('{ part = "version" }', "system.software"),
}
_MOST_PARTS, _TOLD = 1_000, 50  # of software that is not the profile's: a device may name any number


def _version_of(part: str) -> Callable[[SystemState], Field[str]]:
    return lambda system: system.software.get(part)


def _is_the_same(family: str, told: Field[str], declared: str) -> bool:
    return isinstance(told, str) and _plain(family, told) == _plain(family, declared)


def _plain(family: str, address: str) -> str:
    """One spelling of it; what is no such address stays as it is."""
    if family == "ether":
        return re.sub("[-:.]", "", address).lower()
    return str(ip_of(address) or address)
