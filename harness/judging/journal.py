"""Log entries, which come in events of the system. UDMI 1.5, events_system."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.act import Act
from harness.judging.decision import decide
from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.sent_config import SentConfig
from harness.judging.verdict import NotApplicable, NotObserved, Undecided
from harness.judging.where import Where
from harness.judging.window import Window
from harness.wire.udmi import Odd, Status

_REQUIRED = ("message", "category", "timestamp", "level")  # UDMI 1.5, entry
_GATHERED = 5.0  # seconds that an entry may have waited in the device for others to go with it
_PARSE, _APPLY = "system.config.parse", "system.config.apply"
_BEHIND = {"system.config.receive": (_PARSE, _APPLY), _PARSE: (_APPLY,)}  # once these have come it is too late


@dataclass(frozen=True)
class Journal:
    """Asked of all events of an episode. A device that logs nothing at all is asked for that alone."""

    history: History
    ledger: Ledger

    def tells(self, sent: SentConfig, category: str, window: Window, *, level: int) -> None:
        """An entry of this category and level comes after the config, and before the next, inside the window."""
        entries = self._entries_after(sent)
        found = next((one for one in entries if one.message.category == category), None)
        self.ledger.rests_on(sent.act.place)
        self.ledger.awaits(window, sent.act)
        should = f"The device should log {category} {window} of a config"
        if found is None:
            if not any(one.message.category in _BEHIND.get(category, ()) for one in entries):
                self._must_have_watched(sent, window)
            instead = ", ".join(dict.fromkeys(said(one.message.category) for one in entries)) or "nothing"
            raise NotObserved(f"{should}, but logs {instead}.", Where(None, sent.act.place))
        self.ledger.rests_on(found.place)
        where = Where(found.place, sent.act.place)
        if found.message.level != level:
            raise NotObserved(f"{should}, at level {level}, but does at {said(found.message.level)}.", where)
        elapsed = self.history.elapsed(sent.act, found.time)
        self.ledger.measure(f"{category} after", elapsed, window)
        decide(window, elapsed, f"{should}, but does after {elapsed}.", where)

    def does_not_tell(self, sent: SentConfig, category: str) -> None:
        """No entry of this category comes after the config, and before the next."""
        entries = self._entries_after(sent)
        if not entries:
            raise self._silence("nothing was logged before the next config")
        self.ledger.rests_on(sent.act.place, *(one.place for one in entries))
        for one in entries:
            if one.message.category == category:
                story = f"The device should not log {category} of a config that cannot be worked on, but does."
                raise NotObserved(story, Where(one.place, sent.act.place))

    def tells_in_order(self, sent: SentConfig, categories: Sequence[str]) -> None:
        """The first entries of these categories after the config come in this order, as far as they come at all."""
        told = [one for one in self._entries_after(sent) if one.message.category in categories]
        order = list(dict.fromkeys(said(one.message.category) for one in told))
        self.ledger.rests_on(sent.act.place, *(one.place for one in told))
        if len(order) < 2:  # noqa: PLR2004 - one alone has no order
            raise self._silence("fewer than two of its entries tell of a config")
        right = [said(category) for category in categories if said(category) in order]
        if order != right:
            story = f"The device should log {', '.join(right)}, in this order, but logs {', '.join(order)}."
            raise NotObserved(story, Where(told[0].place, sent.act.place))

    def tells_nothing_below(self, level: int, since: Act) -> None:
        """No entry is less grave, but for those that may have been waiting when the config came."""
        self.history.went_all_the_way()
        for one in self.entries:
            found = one.message.level
            waited = self.history.elapsed(since, one.time).least <= _GATHERED
            if one.place < since.settled or waited or not isinstance(found, int) or found >= level:
                continue
            raise NotObserved(
                f"Entries below level {level} should not be sent, but {said(one.message.category)} was, "
                f"at {found}, {one.time - since.latest:.1f} s after that was asked for.",
                Where(one.place, since.place),
            )
        self.ledger.rests_on(since.place)

    def entries_are_whole(self) -> None:
        """Each has a message, a category, a timestamp and a level."""
        if not self._all:
            raise self._silence("the device logged nothing")
        for heard in self._all:
            self.ledger.rests_on(heard.place)
            entry = heard.message
            lacking = (
                [f for f in _REQUIRED if getattr(entry, f) is None or isinstance(getattr(entry, f), Odd)]
                if isinstance(entry, Status)
                else list(_REQUIRED)
            )
            if lacking:
                story = (
                    f"An entry should carry {', '.join(_REQUIRED)}, but {', '.join(lacking)} is missing or malformed."
                )
                raise NotObserved(story, Where(heard.place))

    def tells_since(self, since: Act, categories: Sequence[str]) -> None:
        """After that, an entry of one of these categories comes."""
        self.history.went_all_the_way()
        if not self.entries:
            raise self._silence("nothing was logged")
        later = [one for one in self.entries if one.place > since.place]
        found = next((one for one in later if one.message.category in categories), None)
        if found is None:
            story = f"The device should log {' or '.join(categories)} after {since}, but does not."
            raise NotObserved(story, Where(None, since.place))
        self.ledger.rests_on(since.place, found.place)

    def has_one_below(self, level: int) -> None:
        """An entry that is less grave is ever sent at all: a device that never does cannot send it wrongly."""
        if not any(isinstance(one.message.level, int) and one.message.level < level for one in self.entries):
            self.history.went_all_the_way()
            raise NotApplicable(f"the device never logs anything below level {level}; that it should is another clause")

    @property
    def entries(self) -> Sequence[Heard[Status]]:
        """Every entry, in order, that can be read as one."""
        return [
            Heard(heard.time, heard.place, heard.message) for heard in self._all if isinstance(heard.message, Status)
        ]

    @property
    def _all(self) -> Sequence[Heard[Status | Odd]]:
        return [
            Heard(heard.time, heard.place, entry) for heard in self.history.events for entry in heard.message.entries
        ]

    def _entries_after(self, sent: SentConfig) -> Sequence[Heard[Status]]:
        return [one for one in self.entries if sent.act.place < one.place < sent.next]

    def _must_have_watched(self, sent: SentConfig, window: Window) -> None:
        times = (record.time for place, record in self.history.placed() if place == sent.next)
        watched = self.history.watched(sent.act, next(times, self.history.closed.time))
        if watched < window.latest:
            raise self._silence(f"the log was watched for {watched:.1f} s only, of {window.latest:g}")

    def _silence(self, what: str) -> Exception:
        """Why there is nothing to look at: the verdict to raise."""
        self.history.went_all_the_way()
        if self.entries:
            return Undecided(what)
        return NotApplicable("the device logs nothing; that it should is another clause's question")
