"""The etags of an episode's states: what they are, and whether they follow what they name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.fields import read_object
from harness.payload.values import JSON
from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.states.content import Content, content, difference, named_content
from harness.protocols.udmi.words.messages import PointsetState, State
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Provoked, Received, Sent
from harness.record.left_out import NotApplicable


def no_etags() -> NotApplicable:
    """The verdict to raise where the device sends no etags: one clause asks whether it should, and no other does."""
    return NotApplicable("the device sends no etags; that it should is another clause's question")


@dataclass(frozen=True)
class Etags:
    """Asked of all states that have a pointset."""

    history: History
    evidence: Evidence

    def are_there(self) -> None:
        """Each of them has one."""
        for heard in self._heard():
            if heard.message.etag is None:
                self.evidence.rests_on(heard.place)
                story = "Every state of the pointset should carry state_etag, but one has none."
                raise NotObserved(story, EvidenceRef(heard.place))
        self.history.went_all_the_way()

    def are_short_strings(self, *, at_most: int) -> None:
        """Each that is there is a string of at most so many characters."""
        etags = [(heard.place, heard.message.etag) for heard in self._heard() if heard.message.etag is not None]
        if not etags:
            raise no_etags()
        for place, etag in etags:
            self.evidence.rests_on(place)
            if not isinstance(etag, str) or len(etag) > at_most:
                raise NotObserved(
                    f"state_etag should be a string of at most {at_most} characters, but is {said(etag)}.",
                    EvidenceRef(place),
                )
        self.history.went_all_the_way()

    def tell_states_apart(self, about: str | None = None) -> None:
        """States that differ in units or value_state of a point, any or just this one, never share an etag.

        Invalid counts as absent here: on whether a rejected config changes the etag, the sources contradict each other.
        """
        self._must_be_sent()
        if not self._changed(about):
            self.history.went_all_the_way()
            raise Undecided("the pointset's state never changed")
        if not any(isinstance(heard.message.etag, str) for heard in self._heard()):
            raise CouldNotTest("no state carried an etag that is a string")
        self._name_one_state_each(about)

    def never_name_two_states(self) -> None:
        """The same, of a device whose state need not change."""
        if not self._changed(None):
            why = "the pointset's state never changed, so there was nothing to tell apart"
            raise self.history.concerns_no_point(why)
        self.tell_states_apart()

    def stay_with_their_state(self) -> None:
        """Two states in a row share an etag, if nothing that they say of the points differs, and nothing was written.

        Where something else differs, such as a status, the etag may have changed with it. Of points that the states
        leave out, nobody knows.
        """
        compared = 0
        contents = ((heard, content(heard.message)) for heard in self._heard())
        for (before, content_before), (after, content_after) in pairwise(contents):
            etags = before.message.etag, after.message.etag
            if None in etags or self._is_config_between(before, after):
                continue
            leaves_out = any(name not in after.message.points for name in self.history.profile.points)
            if leaves_out or content_before != content_after:
                continue
            if etags[0] != etags[1] and self._says_something_else(before, after):
                continue
            compared += 1
            self.evidence.rests_on(before.place, after.place)
            if before.message.etag != after.message.etag:
                raise NotObserved(
                    f"The etag should stay while nothing changes, but went from {said(before.message.etag)} "
                    f"to {said(after.message.etag)}.",
                    EvidenceRef(after.place, before.place),
                )
        if not compared:
            self._must_be_sent()
            raise Undecided("no two states in a row had the same content")

    def _says_something_else(self, before: Heard[State], after: Heard[State]) -> bool:
        """Whether anything but the etag differs in the pointset: a status, or a field that no specification knows."""
        return _but_for_its_etag(before) != _but_for_its_etag(after) or self._raw(before) != self._raw(after)

    def _raw(self, heard: Heard[State]) -> Mapping[str, JSON]:
        """The fields of the pointset as they came, but for the etag."""
        record = self.history.record_at(heard.place)
        block = read_object(record.payload, []).block("pointset") if isinstance(record, Received) else None
        _, _, name = (self.history.codec.layout.state_etag or "").rpartition(".")
        return block.others(name) if block else {}

    def _must_be_sent(self) -> None:
        """Raises NotApplicable where no state has an etag: what an etag does is no question then."""
        if all(heard.message.etag is None for heard in self._heard()):
            raise no_etags()

    def _changed(self, about: str | None) -> bool:
        contents = (named_content(heard.message, about) for heard in self._heard())
        first = next(contents)
        return any(later != first for later in contents)

    def _name_one_state_each(self, about: str | None) -> None:
        first: dict[object, tuple[Content, int]] = {}
        for heard in self._heard():
            etag, named = heard.message.etag, named_content(heard.message, about)
            if not isinstance(etag, str):
                continue
            known, place = first.setdefault(etag, (named, heard.place))
            self.evidence.rests_on(heard.place)
            if known != named:
                self.evidence.rests_on(place)
                raise NotObserved(
                    f"The etag should change with the pointset's state, but {said(etag)} names two: "
                    f"{difference(known, named)}.",
                    EvidenceRef(heard.place),
                )

    def _is_config_between(self, before: Heard[State], after: Heard[State]) -> bool:
        """Whether what the etag covers may have changed unseen: by a config that writes, or by hand.

        A config that crossed the earlier state on its way, which so does not name it, arrived in between.
        """
        since = self._worked_on_in(before)
        if any(since < place < after.place for place in self._provoked):
            return True
        between = self.history.sent_between(since, after.place)
        if not between:
            return False
        earlier = self.history.sent_between(self.history.first - 1, since + 1)[-1:]
        return (
            any(config.desired for config in between)
            or len({self._wants(config) for config in (*earlier, *between)}) > 1
        )

    def _worked_on_in(self, before: Heard[State]) -> int:
        """The place of the config that the state names, or else its own."""
        last_config = before.message.last_config
        named = (
            place for place, stamp in self.history.sent_stamps.items() if place < before.place and stamp == last_config
        )
        return max(named, default=before.place)

    @cached_property
    def _provoked(self) -> list[int]:
        return [place for place, record in self.history.placed() if isinstance(record, Provoked)]

    def _heard(self) -> list[Heard[State]]:
        heard = self.history.pointset_states
        if not heard:
            self.history.went_all_the_way()
            self.history.concerns_points()
            raise Undecided("no state with a pointset came")
        return heard

    def _wants(self, sent: Sent) -> frozenset[tuple[str, str, str]]:
        """The values that a config writes, and their units."""
        pointset = DECODED.of(sent, self.history.codec.decode_config).pointset
        points = (pointset.points if pointset else None) or {}
        return frozenset(
            (name, said(point.set_value), said(point.units))
            for name, point in points.items()
            if point.set_value is not None or point.units is not None
        )


def _but_for_its_etag(heard: Heard[State]) -> PointsetState | None:
    return replace(heard.message.pointset, etag=None) if heard.message.pointset else None
