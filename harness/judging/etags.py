"""The etags of an episode's states: what they are, and whether they follow what they name."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from harness.judging.content import Content, content, difference, named_content
from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, Undecided
from harness.judging.where import Where
from harness.record import Provoked, Sent
from harness.wire.udmi import State

_LONGEST = 32  # characters: UDMI 1.5, state_pointset


@dataclass(frozen=True)
class Etags:
    """Asked of all states that have a pointset."""

    history: History
    ledger: Ledger

    def are_there(self) -> None:
        """Each of them has one."""
        for heard in self._heard():
            if heard.message.etag is None:
                self.ledger.rests_on(heard.place)
                story = "Every state of the pointset should carry state_etag, but one has none."
                raise NotObserved(story, Where(heard.place))
        self.history.went_all_the_way()

    def are_short_strings(self) -> None:
        """Each that is there is a string of at most 32 characters."""
        etags = [(heard.place, heard.message.etag) for heard in self._heard() if heard.message.etag is not None]
        if not etags:
            raise Undecided("no state carried an etag")
        for place, etag in etags:
            self.ledger.rests_on(place)
            if not isinstance(etag, str) or len(etag) > _LONGEST:
                raise NotObserved(
                    f"state_etag should be a string of at most {_LONGEST} characters, but is {said(etag)}.",
                    Where(place),
                )
        self.history.went_all_the_way()

    def tell_states_apart(self, about: str | None = None) -> None:
        """States that differ in units or value_state of a point, any or just this one, never share an etag.

        Invalid counts as absent here: on whether a rejected config changes the etag, the sources contradict each other.
        """
        if not self._changed(about):
            raise Undecided("the pointset's state never changed")
        if not any(isinstance(heard.message.etag, str) for heard in self._heard()):
            raise CouldNotTest("no state carried an etag")
        self._name_one_state_each(about)

    def never_name_two_states(self) -> None:
        """The same, of a device whose state need not change."""
        if not self._changed(None):
            raise NotApplicable("the pointset's state never changed, so there was nothing to tell apart")
        self.tell_states_apart()

    def stay_with_their_state(self) -> None:
        """Two states in a row share an etag, if nothing changed between them and no config wrote anything.

        Of points that they leave out, nobody knows.
        """
        compared = 0
        for before, after in pairwise(self._heard()):
            etags = before.message.etag, after.message.etag
            changed = content(before.message) != content(after.message)
            leaves_out = any(name not in after.message.points for name in self.history.profile.points)
            if changed or leaves_out or None in etags or self._is_config_between(before, after):
                continue
            compared += 1
            self.ledger.rests_on(before.place, after.place)
            if before.message.etag != after.message.etag:
                raise NotObserved(
                    f"The etag should stay while nothing changes, but went from {said(before.message.etag)} "
                    f"to {said(after.message.etag)}.",
                    Where(after.place),
                )
        if not compared:
            raise Undecided("no two states in a row had the same content")

    def _changed(self, about: str | None) -> bool:
        return len({named_content(heard.message, about) for heard in self._heard()}) > 1

    def _name_one_state_each(self, about: str | None) -> None:
        first: dict[object, tuple[Content, int]] = {}
        for heard in self._heard():
            etag, named = heard.message.etag, named_content(heard.message, about)
            if not isinstance(etag, str):
                continue
            known, place = first.setdefault(etag, (named, heard.place))
            self.ledger.rests_on(heard.place)
            if known != named:
                self.ledger.rests_on(place)
                raise NotObserved(
                    f"The etag should change with the pointset's state, but {said(etag)} names two: "
                    f"{difference(known, named)}.",
                    Where(heard.place),
                )

    def _is_config_between(self, before: Heard[State], after: Heard[State]) -> bool:
        """Whether what the etag covers may have changed unseen: by a config that writes, or by hand.

        A config that crossed the earlier state on its way, which so does not name it, arrived in between.
        """
        since = self._worked_on_in(before)
        if any(since < place < after.place for place in self._provoked):
            return True
        between = self.history.configs_between(since, after.place)
        if not between:
            return False
        earlier = self.history.configs_between(self.history.first - 1, since + 1)[-1:]
        return (
            any(config.settings for config in between)
            or len({self._wants(config) for config in (*earlier, *between)}) > 1
        )

    def _worked_on_in(self, before: Heard[State]) -> int:
        """The place of the config that the state names, or else its own."""
        named = (
            place
            for place, config in self.history.configs.items()
            if place < before.place and config.timestamp == before.message.last_config
        )
        return max(named, default=before.place)

    @cached_property
    def _provoked(self) -> list[int]:
        return [place for place, record in self.history.placed() if isinstance(record, Provoked)]

    def _heard(self) -> list[Heard[State]]:
        heard = [heard for heard in self.history.states if heard.message.pointset]
        if not heard:
            self.history.went_all_the_way()
            raise Undecided("no state with a pointset came")
        return heard

    def _wants(self, sent: Sent) -> frozenset[tuple[str, str, str]]:
        """What a config writes, and in which units."""
        pointset = self.history.codec.decode_config(sent.payload).pointset
        points = (pointset.points if pointset else None) or {}
        return frozenset(
            (name, said(point.set_value), said(point.units))
            for name, point in points.items()
            if point.set_value is not None or point.units is not None
        )
