"""The etags of an episode's states: what they are, and whether they follow what they name."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.verdict import CouldNotTest, NotObserved, Undecided
from harness.record import Sent
from harness.wire.udmi import State, ValueState

_LONGEST = 32  # characters: UDMI 1.5, state_pointset

Content: TypeAlias = tuple[tuple[str, str, str], ...]


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
                raise NotObserved("Every state of the pointset should carry state_etag, but one has none.")

    def are_short_strings(self) -> None:
        """Each that is there is a string of at most 32 characters."""
        etags = [(heard.place, heard.message.etag) for heard in self._heard() if heard.message.etag is not None]
        if not etags:
            raise Undecided("no state carried an etag")
        for place, etag in etags:
            self.ledger.rests_on(place)
            if not isinstance(etag, str) or len(etag) > _LONGEST:
                raise NotObserved(f"state_etag should be a string of at most {_LONGEST} characters, but is {said(etag)}.")

    def tell_states_apart(self) -> None:
        """States that differ in units or value_state of a point never share an etag.

        Invalid counts as absent here: on whether a rejected config changes the etag, the sources contradict each other.
        """
        named: dict[object, tuple[Content, int]] = {}
        heard_states = self._heard()
        if len({_names(heard.message) for heard in heard_states}) == 1:
            raise Undecided("the pointset's state never changed")
        if not any(isinstance(heard.message.etag, str) for heard in heard_states):
            raise CouldNotTest("no state carried an etag")
        for heard in heard_states:
            etag, content = heard.message.etag, _names(heard.message)
            if not isinstance(etag, str):
                continue
            known, place = named.setdefault(etag, (content, heard.place))
            self.ledger.rests_on(heard.place)
            if known != content:
                self.ledger.rests_on(place)
                raise NotObserved(
                    f"The etag should change with the pointset's state, but {said(etag)} names two: "
                    f"{_difference(known, content)}."
                )

    def stay_with_their_state(self) -> None:
        """Two states in a row with nothing changed between them, and no config that wants something else, share an etag."""
        compared = 0
        for before, after in pairwise(self._heard()):
            etags = before.message.etag, after.message.etag
            changed = _content(before.message) != _content(after.message)
            if changed or None in etags or self._is_config_between(before, after):
                continue
            compared += 1
            self.ledger.rests_on(before.place, after.place)
            if before.message.etag != after.message.etag:
                raise NotObserved(
                    f"The etag should stay while nothing changes, but went from {said(before.message.etag)} "
                    f"to {said(after.message.etag)}."
                )
        if not compared:
            raise Undecided("no two states in a row had the same content")

    def _is_config_between(self, before: Heard[State], after: Heard[State]) -> bool:
        """Whether a config that writes something arrived in between; its echo belongs to the etag."""
        return any(
            isinstance(record, Sent) and record.settings and before.place < place < after.place
            for place, record in self.history.placed()
        )

    def _heard(self) -> list[Heard[State]]:
        heard = [heard for heard in self.history.states if heard.message.pointset]
        if not heard:
            self.history.went_all_the_way()
            raise Undecided("no state with a pointset came")
        return heard


def _content(state: State) -> Content:
    return tuple((name, said(p.value_state), said(p.units)) for name, p in sorted(state.points.items()))


def _names(state: State) -> Content:
    """What an etag must tell apart."""
    free = {said(ValueState.INVALID): said(None)}
    return tuple((name, free.get(word, word), units) for name, word, units in _content(state))


def _difference(one: Content, other: Content) -> str:
    """The first point in which they differ, in words."""
    changed = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if not changed:
        return "one lists other points"
    (name, *was), (_, *now) = changed[0]
    return f"{name} was {' in '.join(was)}, then {' in '.join(now)}"
