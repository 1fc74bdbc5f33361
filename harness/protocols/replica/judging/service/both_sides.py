"""The message that shows a document before and after an update, under AWS's scheme. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import flat, is_leaf_for_leaf
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.judging.service.history import HeardMessage
from harness.protocols.replica.words.content import Object, object_at, whole_number
from harness.protocols.replica.words.topics import AnswerLevel
from harness.text import brief

_PREVIOUS, _CURRENT = "previous", "current"


@dataclass(frozen=True)
class BothSides:
    """Of one update."""

    update: Exchange

    def begin_with_nothing(self, window: Window) -> None:
        """There was no document before."""
        told = self._told(window)
        if (told.content or {}).get(_PREVIOUS) is not None:
            raise self._otherwise(told, f"{_PREVIOUS} should be null", (told.content or {}).get(_PREVIOUS))

    def before(self, state: Mapping[str, JSON], window: Window) -> None:
        """The state as it was."""
        self._is(_PREVIOUS, state, window)

    def after(self, state: Mapping[str, JSON], window: Window) -> None:
        """The state as it is now."""
        self._is(_CURRENT, state, window)

    def have_versions_in_turn(self, window: Window) -> None:
        """The version now is that of the answer, and the one before is the one before that."""
        told, version = self._told(window), whole_number(self.update.accepted.get("version"))
        if version is None:
            raise CouldNotTest(f"{self.update.since} was accepted without a version")
        found = [(object_at(told.content, side) or {}).get("version") for side in (_PREVIOUS, _CURRENT)]
        if found != [version - 1, version]:
            raise self._otherwise(told, f"the versions should be {version - 1} and {version}", list(found))

    def _is(self, side: str, state: Mapping[str, JSON], window: Window) -> None:
        told = self._told(window)
        shown: Object = object_at(told.content, side, "state") or {}
        if not is_leaf_for_leaf(flat(shown), flat(state)):
            raise self._otherwise(told, f"{side} should be {brief(state)}", shown)

    def _told(self, window: Window) -> HeardMessage:
        update, history = self.update, self.update.history
        for one in history.heard:
            is_of_it = update.since.place < one.place < update.ends and one.replica == update.replica
            if is_of_it and one.level is AnswerLevel.DOCUMENTS and one.connection == update.sent.connection:
                update.evidence.rests_on(one.place)
                elapsed = history.elapsed(update.since, one.time)
                story = f"Documents should follow {update.since} {window}, but came after {elapsed}."
                decide(window, elapsed, story, EvidenceRef(one.place, update.since.place))
                return one
        history.went_all_the_way()
        story = f"Documents should follow {update.since} {window}, but none came."
        raise NotObserved(story, EvidenceRef(None, update.since.place))

    def _otherwise(self, told: HeardMessage, wanted: str, found: JSON) -> NotObserved:
        story = f"In the documents of {self.update.since}, {wanted}; but there is {brief(found)}."
        return NotObserved(story, EvidenceRef(told.place, self.update.since.place))
