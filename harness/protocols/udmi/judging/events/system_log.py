"""Log entries, which come in events of the system. UDMI 1.5, events_system.

What an entry is about is decided by its own timestamp, not by when it came: no text says how soon it is to be sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed, Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import IllTyped
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.events.entries import Entry, Made, entries_of, longest_wait
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import Status
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Sent
from harness.record.left_out import NotApplicable

_REQUIRED = ("message", "category", "timestamp", "level")  # UDMI 1.5, entry
_AT_ONCE = 0.5  # seconds: an entry that waited no longer was sent when it was written, as near as two clocks tell
_PROMPT = 2.0  # seconds: an entry that waited no longer did not wait for others
_PARSE, _APPLY = "system.config.parse", "system.config.apply"
_BEHIND = {"system.config.receive": (_PARSE, _APPLY), _PARSE: (_APPLY,)}  # once these are there it is too late


@dataclass(frozen=True)
class SystemLog:
    """Asked of all entries that are of an episode. A device that logs nothing at all is asked for that alone."""

    history: History
    evidence: Evidence

    def exists(self) -> None:
        """The device logs anything at all, in whatever scenario. Raises NotApplicable where it never does."""
        self.history.went_all_the_way()
        if not self.history.logs:
            raise NotApplicable("the device logs nothing; that it should is another clause's question")

    def tells(self, sent: SentConfig, category: str, window: Window, *, level: int) -> None:
        """An entry of this category and level is written after the config, and before the next, inside the window."""
        entries = self._entries_of(sent)
        alike = [one for one in entries if one.message.category == category]
        self.evidence.rests_on(sent.stimulus.place)
        self.evidence.awaits(window, sent.stimulus)
        should = f"The device should log {category} {window} of a config"
        if not alike:
            self._must_be_readable(category, sent.stimulus)
            if not any(one.message.category in _BEHIND.get(category, ()) for one in entries):
                self._must_have_watched(sent, window)
            instead = ", ".join(dict.fromkeys(said(one.message.category) for one in entries)) or "nothing"
            raise NotObserved(f"{should}, but logs {instead}.", EvidenceRef(None, sent.stimulus.place))
        found = next((one for one in alike if one.message.level == level), alike[0])
        self.evidence.rests_on(found.place)
        evidence_ref = EvidenceRef(found.place, sent.stimulus.place)
        if found.message.level != level:
            raise NotObserved(f"{should}, at level {level}, but does at {said(found.message.level)}.", evidence_ref)
        elapsed = _elapsed(sent.stimulus, found.made) if found.made else Elapsed(0.0, window.latest)
        self.evidence.measure(f"{category} after", elapsed, window)
        decide(window, elapsed, f"{should}, but does after {elapsed}.", evidence_ref)

    def does_not_tell(self, sent: SentConfig, category: str) -> None:
        """No entry of this category is written after the config, and before the next."""
        entries = self._entries_of(sent)
        if not entries:
            self._must_be_readable(category, sent.stimulus)
            raise self._silence("nothing was logged before the next config")
        self.evidence.rests_on(sent.stimulus.place, *(one.place for one in entries))
        for one in entries:
            if one.message.category == category and self._is_before_the_next(one, sent):
                story = f"The device should not log {category} of a config that cannot be worked on, but does."
                raise NotObserved(story, EvidenceRef(one.place, sent.stimulus.place))

    def tells_in_order(self, sent: SentConfig, categories: Sequence[str]) -> None:
        """The first entries of these categories after the config are in this order, as far as they are there at all."""
        told = [one for one in self._entries_of(sent) if one.message.category in categories]
        order = list(dict.fromkeys(said(one.message.category) for one in told))
        self.evidence.rests_on(sent.stimulus.place, *(one.place for one in told))
        if len(order) < 2:  # noqa: PLR2004 - one alone has no order
            for category in categories:
                self._must_be_readable(category, sent.stimulus)
            raise self._silence("fewer than two of its entries tell of a config")
        right = [said(category) for category in categories if said(category) in order]
        if order != right:
            story = f"The device should log {', '.join(right)}, in this order, but logs {', '.join(order)}."
            raise NotObserved(story, EvidenceRef(told[0].place, sent.stimulus.place))

    def tells_nothing_below(self, level: int, since: Stimulus, *, takes_in: float) -> None:
        """No entry of the episode is less grave, but for those that may be of when the config was being taken in.

        `takes_in`: seconds that a device may take until it writes down what the config wants, and no more.
        """
        self.history.went_all_the_way()
        below = [one for one in self.entries if isinstance(one.message.level, int) and one.message.level < level]
        for one in below:
            if one.made is None or (one.place >= self.history.end and one.made.latest >= self.history.closed.time):
                continue  # of when nobody knows; or it may be of what came next
            elapsed = _elapsed(since, one.made)
            if elapsed.least > takes_in:
                raise NotObserved(
                    f"Entries below level {level} should not be sent, but {said(one.message.category)} was, "
                    f"at {one.message.level}, of {elapsed} after that was asked for.",
                    EvidenceRef(one.place, since.place),
                )
        unknown = next((one for one in below if one.made is None and since.settled < one.place), None)
        if unknown is not None:
            story = f"{said(unknown.message.category)}, at {unknown.message.level}, may be of that time"
            raise Undecided(f"{story}: {unknown.unknown}", EvidenceRef(unknown.place, since.place))
        asked = [record.time for record in self.history.records if isinstance(record, Sent)]
        self._must_have_heard_of(max(asked, default=since.latest))
        self.evidence.rests_on(since.place)

    def entries_are_whole(self) -> None:
        """Each has a message, a category, a timestamp and a level."""
        first = next(self._own, None)
        if first is None:
            raise self._silence("the device logged nothing")
        last = first
        for heard in self._own:
            last, entry = heard, heard.message
            lacking = (
                [f for f in _REQUIRED if getattr(entry, f) is None or isinstance(getattr(entry, f), IllTyped)]
                if isinstance(entry, Status)
                else list(_REQUIRED)
            )
            if lacking:
                self.evidence.rests_on(heard.place)
                story = (
                    f"An entry should carry {', '.join(_REQUIRED)}, but {', '.join(lacking)} is missing or malformed."
                )
                raise NotObserved(story, EvidenceRef(heard.place))
        self.evidence.rests_on(first.place, last.place)
        self.history.went_all_the_way()

    def has_one_line_messages(self) -> None:
        """The message of each is a line of text; that there is one is another clause's business."""
        places, wrong = list[int](), None
        for heard in self._own:
            text = heard.message.message if isinstance(heard.message, Status) else None
            if isinstance(text, str):
                places = [*places[:1], heard.place]
                is_line = bool(text.strip()) and text.splitlines() == [text]
                wrong = (heard, text) if wrong is None and not is_line else wrong
        if not places:
            raise self._silence("no log entry has a message")
        self.evidence.rests_on(*places)
        if wrong:
            story = f"The message of a log entry should be one line of text, but is {said(wrong[1])}."
            raise NotObserved(story, EvidenceRef(wrong[0].place))
        self.history.went_all_the_way()

    def tells_since(self, since: Stimulus, categories: Sequence[str]) -> None:
        """After that, such an entry is written; or one comes that is stamped by a clock which is not set yet."""
        self.history.went_all_the_way()
        if not self.entries:
            raise self._silence("nothing was logged")
        end, alike = self.history.closed.time, [one for one in self.entries if one.message.category in categories]
        unset = (one for one in alike if one.is_of_no_clock and since.place < one.place < self.history.end)
        found = next((one for one in alike if one.is_made(since.earliest, end)), next(unset, None))
        if found is None:
            for category in categories:
                self._must_be_readable(category, since)
            self._must_have_heard_of(since.latest)
            story = f"The device should log {' or '.join(categories)} after {since}, but does not."
            raise NotObserved(story, EvidenceRef(None, since.place))
        self.evidence.rests_on(since.place, found.place)

    def has_one_below(self, level: int) -> None:
        """An entry that is less grave is ever sent at all: a device that never does cannot send it wrongly."""
        if not any(isinstance(one.message.level, int) and one.message.level < level for one in self.entries):
            self.exists()
            raise NotApplicable(f"the device never logs anything below level {level}; that it should is another clause")

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Every entry that can be read as one, of the episode and of what came after it, by when it was written."""
        return entries_of(self.history)

    @property
    def _own(self) -> Iterator[Heard[Status | IllTyped]]:
        """The log entries of the episode's own events."""
        for heard in self.history.events:
            for entry in heard.message.entries:
                yield Heard(heard.time, heard.place, entry)

    def _entries_of(self, sent: SentConfig) -> Sequence[Entry]:
        """Those that may have been written after the config, and before the next.

        One that came when the next had been sent, and may be of that, is: unless the device gathers its entries.
        """
        gathers = longest_wait(self.entries) > _PROMPT
        return [
            one
            for one in self.entries
            if one.place > sent.stimulus.place
            and one.is_made(sent.stimulus.earliest, self._next_time(sent))
            and (gathers or self._is_before_the_next(one, sent))
        ]

    def _is_before_the_next(self, one: Entry, sent: SentConfig) -> bool:
        """Whether it was surely written before the next config was sent."""
        return one.place < sent.next or (one.made is not None and one.made.latest < self._next_time(sent))

    def _next_time(self, sent: SentConfig) -> float:
        times = (record.time for place, record in self.history.placed() if place == sent.next)
        return next(times, self.history.closed.time)

    def _must_be_readable(self, category: str, since: Stimulus) -> None:
        """Raises Undecided where an entry of the category has no readable timestamp: it may be of that time."""
        for one in self.entries:
            if one.made is None and one.place > since.place and one.message.category == category:
                raise Undecided(one.unknown, EvidenceRef(one.place, since.place))

    def _must_have_watched(self, sent: SentConfig, window: Window) -> None:
        watched = self.history.watched(sent.stimulus, self._next_time(sent))
        if watched < window.latest:
            raise self._silence(f"the log was watched for {watched:.1f} s only, of {window.latest:g}")
        self._must_have_heard_of(sent.stimulus.latest)

    def _must_have_heard_of(self, time: float) -> None:
        """Every entry written by then has come: the run goes on for as long as the device gathers its entries."""
        gathers, rest = longest_wait(self.entries), round(self.history.run_ended - time, 6)
        if gathers > max(rest, _AT_ONCE):
            raise Undecided(f"the device gathers its log for {gathers:.1f} s, and the run went on for {rest:.1f} s")

    def _silence(self, what: str) -> Exception:
        """Why there is nothing to look at: the verdict to raise."""
        self.history.went_all_the_way()
        if self.entries or any(True for _ in self._own):
            return Undecided(what)
        return NotApplicable("the device logs nothing; that it should is another clause's question")


def _elapsed(stimulus: Stimulus, made: Made) -> Elapsed:
    least, most = made.earliest - stimulus.latest, made.latest - stimulus.earliest
    return Elapsed(max(0.0, round(least, 6)), max(0.0, round(most, 6)))
