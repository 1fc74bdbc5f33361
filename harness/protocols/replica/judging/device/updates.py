"""The updates and gets of a device in a stretch of a scenario. Pure; verbs raise the verdict."""

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
from harness.protocols.replica.judging.device.habits import Habits
from harness.protocols.replica.judging.device.history import DeviceRequest, Path, ReplicaDeviceHistory
from harness.protocols.replica.judging.flat_document import is_leaf_for_leaf
from harness.protocols.replica.words.content import object_at
from harness.protocols.replica.words.topics import Operation
from harness.record.left_out import NotApplicable
from harness.text import brief

_ALIKE = 2.0  # seconds by which an answer to one thing comes sooner or later than to the same thing again


def _kind(request: DeviceRequest) -> tuple[Operation, frozenset[Path]]:
    return request.operation, frozenset(request.leaves)


@dataclass(frozen=True)
class RequestsSince:
    """Of the stretch that began with `since`, and ends before the place `until`."""

    history: ReplicaDeviceHistory
    evidence: Evidence
    since: Stimulus
    until: int

    @property
    def all(self) -> Sequence[DeviceRequest]:
        """Every request."""
        return [one for one in self.history.requests if self.since.place < one.place < self.until]

    @property
    def updates(self) -> Sequence[DeviceRequest]:
        """Every update."""
        return [one for one in self.all if one.operation is Operation.UPDATE]

    def report_comes(self, window: Window) -> None:
        """The device reports something, in its time."""
        self._first([one for one in self.updates if one.reported is not None], window, "report its state")

    def update_comes(self, window: Window) -> None:
        """The device publishes an update of whatever kind, in its time."""
        self._first(self.updates, window, "publish its state")

    def get_comes(self, window: Window) -> None:
        """The device gets, in its time."""
        self._first([one for one in self.all if one.operation is Operation.GET], window, "get")

    def update_with_version_comes(self, version: int, window: Window) -> None:
        """The device updates by that version, or by none, in its time: so it has tried again."""
        fitting = [one for one in self.updates if (one.content or {}).get("version") in (None, version)]
        self._first(fitting, window, f"try again with version {version}")

    def one_of(self, leaves: Mapping[Path, JSON], window: Window, since: Stimulus) -> None:
        """One of these values is reported in the stretch, inside the window that begins with `since`."""
        self._first(self._with_one_of(leaves), window, "report one of the values", since)

    def heeds_deltas_alone(self, leaves: Mapping[Path, JSON]) -> None:
        """Raises NotApplicable where none of these values is reported in the stretch, in which no get was answered."""
        if not self._with_one_of(leaves):
            self.history.went_all_the_way()
            raise NotApplicable("the device takes up nothing that deltas alone tell, so their order is nothing to it")

    def _with_one_of(self, leaves: Mapping[Path, JSON]) -> list[DeviceRequest]:
        return [
            one
            for one in self.updates
            if any(is_leaf_for_leaf({p: v}, {p: leaves[p]}) for p, v in one.leaves.items() if p in leaves)
        ]

    def first_update_is_an_object(self) -> None:
        """Its first update holds what is reported as an object."""
        if not self.updates:
            self.history.went_all_the_way()
            raise CouldNotTest("the device published no update")
        first = self.updates[0]
        self.evidence.rests_on(first.place)
        if object_at(first.content, "state", "reported") is None:
            text = brief(first.payload.decode(errors="replace"))
            raise NotObserved(f"The first update should have a section `reported`, but is {text}.", self._ref(first))

    def tell_all(self, properties: Sequence[DeclaredProperty]) -> None:
        """Together the updates report every one of the properties."""
        if not self.updates:
            self.history.went_all_the_way()
            raise CouldNotTest("the device published no update")
        paths = {path for one in self.updates for path in one.leaves}
        self.evidence.rests_on(*(one.place for one in self.updates))
        if missing := [one.name for one in properties if one.path not in paths]:
            self.history.went_all_the_way()
            story = f"After {self.since} every property should be reported, but {', '.join(missing[:5])} never was."
            raise NotObserved(story, EvidenceRef(self.updates[-1].place, self.since.place))

    def are_at_most(self, number: int, watched: float) -> None:
        """No more requests than that are made, beside those that the device makes by itself, and somebody looked."""
        told, own = self.all, self._habits.most_in(self._end - self._began)
        self.evidence.rests_on(self.since.place, *(one.place for one in told[: number + own]))
        self.evidence.observed.append(f"{len(told)} requests")
        if len(told) > number + own:
            beside = f" and {own} that it makes by itself" if own else ""
            story = f"After {self.since} at most {number} requests{beside} should follow, but {len(told)} did."
            raise NotObserved(story, EvidenceRef(told[number + own].place, self.since.place))
        self.history.went_all_the_way()
        if self.history.watched(self.since, self._end) < watched:
            raise CouldNotTest(f"the device was not watched for {watched:g} s")

    def count_once(self, counter: DeclaredProperty, *, times: int = 1) -> None:
        """The counter has gone up by that, from what was reported of it before, to what is last."""
        before, after = self._counted(counter, before=True), self._counted(counter, before=False)
        if not isinstance(before, int | float):
            raise CouldNotTest(f"{counter.name} was not reported before")
        rose = (after if isinstance(after, int | float) else before) - before
        self.evidence.rests_on(self.since.place, *(one.place for one in self.updates))
        self.evidence.observed.append(f"{counter.name} rose by {rose:g}")
        if rose > times:
            story = f"{counter.name} should rise by {times} at most after {self.since}, but rose by {rose:g}."
            raise NotObserved(story, EvidenceRef(self.updates[-1].place, self.since.place))
        self.history.went_all_the_way()
        if rose < times:
            instead = f"if it does not count every execution of {counter.counts}, leave its line `counts` out"
            raise CouldNotTest(f"{counter.name} did not rise when {counter.counts} was executed; {instead}")

    def none_is_new(self, again: "RequestsSince", watched: float, *, lately: float) -> None:
        """Nothing new is asked for that is asked for `again`, as long behind the same.

        The device's own habits are not new, nor what repeats a request of so many seconds before that nobody answered.
        """
        known = self.history.repeatable_before(self.since.place, lately) | {_kind(one) for one in self._habits.requests}
        for one in self.all:
            lag = self.seconds_until(one)
            alike = [other for other in again.all if abs(again.seconds_until(other) - lag) <= _ALIKE]
            if _kind(one) not in known and _kind(one) in map(_kind, alike):
                story = f"After {self.since} nothing should be asked for, but there was a request, {one.operation}."
                raise NotObserved(story, self._ref(one))
        for stretch in (self, again):
            stretch.are_at_most(len(stretch.all), watched)

    def _counted(self, counter: DeclaredProperty, *, before: bool) -> JSON:
        """The latest that was reported of it, in the whole run up to the stretch, or in the stretch."""
        if not before:
            told = [one.leaves[counter.path] for one in self.updates if counter.path in one.leaves]
            return told[-1] if told else None
        return self.history.reported_before(self.since.place).get(counter.path)

    def _first(
        self, fitting: Sequence[DeviceRequest], window: Window, deed: str, since: Stimulus | None = None
    ) -> None:
        since = since or self.since
        self.evidence.rests_on(since.place)
        self.evidence.awaits(window, since)
        if not fitting:
            watched = self.history.watched(since, self._end)
            if watched <= window.latest:
                self.history.went_all_the_way()
                raise CouldNotTest(f"the device was watched for {watched:.0f} s only, of {window.latest:g}")
            self.history.must_have_been_told(since)
            story = f"The device should {deed} {window} of {since}, but did not."
            raise NotObserved(story, EvidenceRef(None, since.place))
        first = fitting[0]
        self.evidence.rests_on(first.place)
        elapsed = self.history.elapsed(since, first.time)
        self.evidence.measure(f"{deed} after", elapsed, window)
        story = f"The device should {deed} {window} of {since}, but did after {elapsed}."
        decide(window, elapsed, story, self._ref(first))

    def seconds_until(self, request: DeviceRequest) -> float:
        """From where the stretch began."""
        return request.time - self._began

    @property
    def _began(self) -> float:
        return self.history.record_at(self.since.place).time

    @property
    def _habits(self) -> Habits:
        return Habits.before(self.history, self.since.place)

    @property
    def _end(self) -> float:
        return self.history.record_at(self.until).time if self.until < self.history.end else self.history.closed.time

    def _ref(self, one: DeviceRequest) -> EvidenceRef:
        return EvidenceRef(one.place, self.since.place)
