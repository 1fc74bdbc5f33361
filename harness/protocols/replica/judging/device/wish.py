"""A wish of a component, and what became of it. Pure; verbs raise the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty
from harness.protocols.replica.judging.device.history import DeviceRequest, Path, ReplicaDeviceHistory
from harness.protocols.replica.judging.flat_document import is_leaf_for_leaf
from harness.text import brief, printable


@dataclass(frozen=True)
class Wish:
    """`leaves`: what was desired, by path; of properties that the profile does not have too."""

    history: ReplicaDeviceHistory
    evidence: Evidence
    since: Stimulus
    leaves: Mapping[Path, JSON]

    def is_reported(self, window: Window, since: Stimulus | None = None) -> None:
        """Every value of it that the device has a property for is reported, inside the window."""
        since = since or self.since
        self.evidence.rests_on(self.since.place, since.place)
        self.evidence.awaits(window, since)
        wanted = self._known
        missing, place = dict(wanted), since.place
        for update in self.history.updates_after(since.place):
            for path, value in update.leaves.items():
                if path in wanted:
                    missing.pop(path, None)
                    if not is_leaf_for_leaf({path: value}, {path: wanted[path]}):
                        missing[path] = wanted[path]
            place = update.place
            if not missing:
                return self._decide(update, window, since)
        self._must_have_been_watched(window, since)
        named = _listed(missing)
        raise NotObserved(
            f"{named} should be reported {window} of {since}, but never was.", EvidenceRef(place, since.place)
        )

    def ends_so(self, window: Window, since: Stimulus | None = None, from_place: int | None = None) -> None:
        """At the end of the scenario all of it is reported, and has been from a moment inside the window.

        `from_place`: from where on reports count beside those before; where the wish was made, if nothing is said.
        """
        since, wanted = since or self.since, self._known
        start = self.since.place if from_place is None else from_place
        self.evidence.rests_on(self.since.place, since.place)
        self.evidence.awaits(window, since)
        told, settled = dict(self.history.reported_before(start)), None
        updates = self.history.updates_after(start)
        for update in updates:
            held = _holds(told, wanted)
            told |= update.leaves
            settled = (update if not held or settled is None else settled) if _holds(told, wanted) else None
        if not _holds(told, wanted):
            self._must_have_been_watched(window, since)
            missing = {path: value for path, value in wanted.items() if not _holds(told, {path: value})}
            story = f"In the end {_listed(missing)} should be reported, but {_told(told, missing)} is."
            raise NotObserved(story, EvidenceRef(updates[-1].place if updates else None, since.place))
        self.history.went_all_the_way()
        if settled:
            self._decide(settled, window, since)

    def is_never_reported(self, after: Stimulus | None = None, until: int | None = None) -> None:
        """None of its values is reported from then on, by any update."""
        since = after or self.since
        self.evidence.rests_on(self.since.place, since.place)
        for update in self.history.updates_after(since.place, until):
            for path, value in update.leaves.items():
                if path in self.leaves and is_leaf_for_leaf({path: value}, {path: self.leaves[path]}):
                    self.evidence.rests_on(update.place)
                    story = f"{_name(path)} should not become {brief(value)} after {since}, but it was reported so."
                    raise NotObserved(story, EvidenceRef(update.place, since.place))
        self.history.went_all_the_way()

    def leaves_alone(self, sibling: DeclaredProperty, value: JSON) -> None:
        """Nothing that is reported afterwards says that the sibling is gone, or has another value."""
        self.evidence.rests_on(self.since.place)
        own = {path[:-1] for path in self.leaves}
        if sibling.path[:-1] not in own:
            raise CouldNotTest(f"{sibling.name} is no sibling of what was desired")
        for update in self.history.updates_after(self.since.place):
            told = update.leaves.get(sibling.path, value)
            parent = update.leaves.get(sibling.path[:-1], ...)
            if parent is None or not is_leaf_for_leaf({sibling.path: told}, {sibling.path: value}):
                self.evidence.rests_on(update.place)
                story = f"{sibling.name} should stay {brief(value)} after {self.since}, but {brief(told)} was reported."
                raise NotObserved(story, EvidenceRef(update.place, self.since.place))
        self.history.went_all_the_way()

    @property
    def _known(self) -> dict[Path, JSON]:
        """The values that the device has properties for."""
        paths = {one.path for one in self.history.profile.properties.values()}
        known = {path: value for path, value in self.leaves.items() if path in paths}
        if not known:
            raise CouldNotTest(f"{self.since} desires nothing that the device has")
        return known

    def _decide(self, update: DeviceRequest, window: Window, since: Stimulus) -> None:
        self.evidence.rests_on(update.place)
        elapsed = self.history.elapsed(since, update.time)
        self.evidence.measure("reported after", elapsed, window)
        named = _listed(self._known)
        story = f"{named} should be reported {window} of {since}, but was after {elapsed}."
        decide(window, elapsed, story, EvidenceRef(update.place, since.place))

    def _must_have_been_watched(self, window: Window, since: Stimulus) -> None:
        """Raises CouldNotTest where the scenario did not look for long enough to miss it."""
        watched = self.history.watched(since, self.history.closed.time)
        if watched <= window.latest:
            self.history.went_all_the_way()
            raise CouldNotTest(f"the device was watched for {watched:.0f} s only, of {window.latest:g}")
        self.history.must_have_been_told(self.since, self._known)


def _holds(told: Mapping[Path, JSON], wanted: Mapping[Path, JSON]) -> bool:
    known = {path: told[path] for path in wanted if path in told}
    return is_leaf_for_leaf(known, wanted)


def _told(told: Mapping[Path, JSON], missing: Mapping[Path, JSON]) -> str:
    return _listed({path: told.get(path) for path in missing})


def _name(path: Path) -> str:
    return printable(".".join(path))


def _listed(leaves: Mapping[Path, JSON]) -> str:
    told: Sequence[str] = [f"{_name(path)} {brief(value)}" for path, value in leaves.items()]
    return f"{', '.join(told[:3])}{f' and {len(told) - 3} more' if len(told) > 3 else ''}"  # noqa: PLR2004 - a few
