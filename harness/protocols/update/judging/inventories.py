"""Current states: when they come, whether they hang together, and what they show. Pure; verbs raise the verdict."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.update.judging.history import Feature, SaidMessage, UpdateHistory
from harness.protocols.update.judging.publishing import Publishing
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.topics import MessageKind
from harness.text import printable


@dataclass(frozen=True)
class StateQuestion:
    """A question for the current state. `activity`: None where it names none, or where any answer counts."""

    history: UpdateHistory
    evidence: Evidence
    since: Stimulus
    activity: str | None

    def is_answered(self, window: Window) -> None:
        """A current state comes inside the window; with its activity, where messages have envelopes."""
        since = self.since
        self.evidence.rests_on(since.place)
        self.evidence.awaits(window, since)
        asked = self.activity if self.history.profile.envelope else None
        fresh = [one for one in self.history.inventories if one.place > since.place and not one.is_retained]
        for one in fresh:
            if asked in (None, one.message.activity):
                self.evidence.rests_on(one.place)
                elapsed = self.history.elapsed(since, one.time)
                self.evidence.measure("current state after", elapsed, window)
                story = f"The current state should come {window} of {since}, but came after {elapsed}."
                decide(window, elapsed, story, EvidenceRef(one.place, since.place))
                return
        self.history.needs(Feature.CURRENT_STATE)
        watched = self.history.watched(since, self.history.closed.time)
        if watched <= window.latest:
            self.history.went_all_the_way()
            raise CouldNotTest(f"it was watched for {watched:.0f} s only, of {window.latest:g}")
        told = " with its activity" if fresh else ""
        raise NotObserved(
            f"The current state should come{told} {window} of {since}, but did not.",
            EvidenceRef(fresh[0].place if fresh else None, since.place),
        )


@dataclass(frozen=True)
class Inventories:
    """Of a scenario, or of the whole run."""

    history: UpdateHistory
    evidence: Evidence

    def comes(self, window: Window, since: Stimulus) -> None:
        """One comes inside the window."""
        StateQuestion(self.history, self.evidence, since, None).is_answered(window)

    def comes_unasked(self, window: Window, since: Stimulus, earliest: int) -> None:
        """One comes inside the window, or at the place `earliest` or behind it, before we ask for one."""
        self.evidence.rests_on(since.place)
        self.evidence.awaits(window, since)
        questions = (one for one in self.history.told if one.kind is MessageKind.CURRENT_STATE_GET)
        asked = next((one for one in questions if one.place > since.place), None)
        until = asked.place if asked else self.history.end
        for one in self.history.inventories:
            if earliest < one.place < until and not one.is_retained:
                self.evidence.rests_on(one.place)
                elapsed = self.history.elapsed(since, max(one.time, since.latest))
                self.evidence.measure("current state after", elapsed, window)
                story = f"The current state should come {window} of {since}, but came after {elapsed}."
                decide(window, elapsed, story, EvidenceRef(one.place, since.place))
                return
        self.history.needs(Feature.CURRENT_STATE)
        watched = self.history.watched(since, asked.time if asked else self.history.closed.time)
        if watched <= window.latest:
            self.history.went_all_the_way()
            raise CouldNotTest(f"it was watched for {watched:.0f} s only, of {window.latest:g}")
        story = f"The current state should come {window} of {since} without a question, but did not."
        raise NotObserved(story, EvidenceRef(None, since.place))

    def stays_for_those_who_come_late(self) -> None:
        """Somebody who subscribes later is told the current state: it is retained."""
        held = [one for one in self.history.inventories if one.is_retained]
        self.evidence.rests_on(*(one.place for one in held[:1]))
        if not held:
            self.history.needs(Feature.CURRENT_STATE)
            self.history.went_all_the_way()
            raise NotObserved("The current state should be retained, but somebody who came late was told nothing.")

    def are_published_at_qos_1(self) -> None:
        """Each is published at QoS 1 or more."""
        self._some()
        topic = self.history.profile.topic(MessageKind.CURRENT_STATE)
        Publishing(self.history, self.evidence, topic, "The current state").is_at_qos_1()

    def hangs_together(self, domain: str | None) -> None:
        """Each is well formed: nodes with ids of their own, associations between them, no circle.

        `domain`: an agent's node names it; None: one is enough that names any.
        """
        for one in self._some():
            if problems := one.message.problems_within:
                raise NotObserved(f"In a current state, {problems[0]}.", _at(one))
            inventory = one.inventory or Inventory()
            ids = [*(node.id for node in inventory.software), *(node.id for node in inventory.hardware)]
            if any(not isinstance(name, str) or not name for name in ids):
                raise NotObserved("Every node should have an id, but one has none.", _at(one))
            if doubled := [str(name) for name in ids if ids.count(name) > 1]:
                raise NotObserved(
                    f"Every node should have an id of its own, but two are {printable(doubled[0])}.", _at(one)
                )
            ends = [name for pair in inventory.associations for name in (pair.source, pair.target)]
            if strange := [name for name in ends if name not in ids]:
                story = f"An association should lead to a node, but one leads to {printable(str(strange[0]))}."
                raise NotObserved(story, _at(one))
            if _has_a_circle([(str(pair.source), str(pair.target)) for pair in inventory.associations]):
                raise NotObserved("Associations should make no circle, but some do.", _at(one))
            named = [node.domain for node in inventory.software if node.domain]
            if not named or domain not in (None, *named):
                raise NotObserved(f"A node should name the domain {domain or 'of its agent'}, but none does.", _at(one))

    def shows(self, versions: Mapping[str, str], since: Stimulus) -> None:
        """The last one behind that has these components in these versions. Raises CouldNotTest for none of them."""
        if not versions:
            raise CouldNotTest("nobody knows of a component")
        one = self._last(since)
        shown = one.inventory.versions() if one.inventory else {}
        for name, version in versions.items():
            if shown.get(name) != version:
                told = printable(shown[name]) if name in shown else "nothing"
                story = f"The current state should show {name} {printable(version)}, but shows {told}."
                raise NotObserved(story, EvidenceRef(one.place, since.place))

    def lacks(self, names: Collection[str], since: Stimulus) -> None:
        """The last one behind that has none of these components. Raises CouldNotTest where there are none of them."""
        if not names:
            raise CouldNotTest("no component was to go")
        one = self._last(since)
        shown = one.inventory.versions() if one.inventory else {}
        if left := [name for name in names if name in shown]:
            story = f"The current state should not show {left[0]} any more, but does."
            raise NotObserved(story, EvidenceRef(one.place, since.place))

    def shown_last(self, since: Stimulus) -> Mapping[str, str]:
        """The versions of all components in the last one behind that. Raises CouldNotTest: none came."""
        inventory = self._last(since).inventory
        return inventory.versions() if inventory else {}

    def showed(self, place: int) -> dict[str, str]:
        """The versions of all components in the last one before that place. Raises CouldNotTest: there was none."""
        inventory = self.history.inventory_before(place)
        if inventory is None:
            self.history.needs(Feature.CURRENT_STATE)
            raise CouldNotTest("no current state came before")
        return inventory.versions()

    def _last(self, since: Stimulus) -> SaidMessage:
        behind = [one for one in self.history.inventories if one.place > since.place]
        self.evidence.rests_on(since.place, *(one.place for one in behind[-1:]))
        if not behind:
            self.history.needs(Feature.CURRENT_STATE)
            self.history.went_all_the_way()
            raise CouldNotTest(f"no current state came after {since}")
        return behind[-1]

    def _some(self) -> Sequence[SaidMessage]:
        inventories = self.history.inventories
        self.evidence.rests_on(*(one.place for one in inventories[:1]))
        if not inventories:
            self.history.needs(Feature.CURRENT_STATE)
            self.history.went_all_the_way()
            raise CouldNotTest("no current state came")
        return inventories


def _has_a_circle(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether a way of associations comes back to where it began."""
    left = [*pairs]
    while left:
        sources = {source for source, _ in left}
        inner = [(source, target) for source, target in left if target in sources]
        if len(inner) == len(left):
            return True
        left = inner
    return False


def _at(one: SaidMessage) -> EvidenceRef:
    return EvidenceRef(one.place)
