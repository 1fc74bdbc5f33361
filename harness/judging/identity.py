"""Who the device says that it is, in every state, beside what the profile says that stands on it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.verdict import NotApplicable, NotObserved, Undecided, Undocumented
from harness.judging.where import Where
from harness.nameplate import Nameplate
from harness.wire.host import ip_of
from harness.wire.reader import printable
from harness.wire.udmi import Field, SystemState


@dataclass(frozen=True)
class Identity:
    """Asked of all states of a run. A state that leaves the device itself out is another clause's question."""

    history: History
    ledger: Ledger

    def names_its_make(self) -> None:
        """Wherever the device speaks of itself, it names the make that the profile has."""
        self._names("make", "system.hardware.make", self._plate.make, lambda system: system.make)

    def names_its_model(self) -> None:
        """Likewise."""
        self._names("model", "system.hardware.model", self._plate.model, lambda system: system.model)

    def names_its_serial_number(self) -> None:
        """Likewise."""
        self._names("serial_no", "system.serial_no", self._plate.serial_no, lambda system: system.serial_no)

    def names_its_software(self) -> None:
        """Every part that the profile lists is there, in its version; there may be more."""
        if not self._plate.software:
            raise _undocumented("software", "system.software")
        for part, version in self._plate.software.items():
            self._names(f"software {part}", "", version, _version_of(part))

    def observe_more_software(self) -> None:
        """Write down which parts the device lists beside those of the profile."""
        if not self._plate.software:
            raise _undocumented("software", "system.software")
        parts = {part for heard in self._systems() for part in heard.message.software}
        more = ", ".join(printable(part) for part in sorted(parts - set(self._plate.software)))
        self.ledger.observed.append(f"software beside that of the profile: {more or 'none'}")

    def tells_its_address(self, family: str) -> None:
        """It is reported, and is never another than the profile has. Spellings of one address are the same."""
        declared = self._plate.addresses.get(family)
        if declared is None:
            raise NotApplicable(f"the profile has no {family} among its addresses")
        telling = [heard for heard in self.history.states if heard.message.addresses.get(family) is not None]
        should = f"The device should report its {family} address as {said(declared)}"
        for heard in telling:
            told = heard.message.addresses[family]
            if not _is_the_same(family, told, declared):
                raise NotObserved(f"{should}, but reports {said(told)}.", Where(heard.place))
        self.history.went_all_the_way()
        if not self.history.states:
            raise Undecided("no state came to judge")
        if not telling:
            raise NotObserved(f"{should}, but reports none in any state.", Where(self.history.states[-1].place))
        self.ledger.rests_on(telling[0].place, telling[-1].place)

    def _names(self, what: str, place: str, declared: str | None, found: Callable[[SystemState], Field[str]]) -> None:
        if declared is None:
            raise _undocumented(what, place)
        systems = self._systems()
        for heard in systems:
            told = found(heard.message)
            if told != declared:
                story = f"The device should say that its {what} is {said(declared)}, but says {said(told)}."
                raise NotObserved(story, Where(heard.place))
        self.history.went_all_the_way()
        self.ledger.rests_on(systems[0].place, systems[-1].place)

    def _systems(self) -> Sequence[Heard[SystemState]]:
        systems = [
            Heard(heard.time, heard.place, heard.message.system)
            for heard in self.history.states
            if heard.message.system is not None
        ]
        if not systems:
            self.history.went_all_the_way()
            raise Undecided("no state said anything of the device itself")
        return systems

    @property
    def _plate(self) -> Nameplate:
        return self.history.profile.nameplate


def _version_of(part: str) -> Callable[[SystemState], Field[str]]:
    return lambda system: system.software.get(part)


def _undocumented(what: str, place: str) -> Undocumented:
    value = '{ part = "version" }' if what == "software" else '"…"'
    line = f"{what} = {value}"
    return Undocumented(f"the profile does not say what stands on the device: add the line {line} (metadata: {place})")


def _is_the_same(family: str, told: Field[str], declared: str) -> bool:
    return isinstance(told, str) and _plain(family, told) == _plain(family, declared)


def _plain(family: str, address: str) -> str:
    """One spelling of it; what is no such address stays as it is."""
    if family == "ether":
        return re.sub("[-:.]", "", address).lower()
    return str(ip_of(address) or address)
