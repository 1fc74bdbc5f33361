"""A whole run as one history: what must hold at every moment, between the scenarios too, is judged here once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.judging.episode import Episode, episodes_of
from harness.judging.history import History
from harness.judging.identity import Identity
from harness.judging.ledger import Ledger
from harness.judging.messages import Judged, Messages
from harness.judging.misfits import Concern as Concern  # noqa: PLC0414 - what is asked about messages
from harness.judging.publications import Publications
from harness.judging.reading import reader_of
from harness.judging.refusals import Refusals
from harness.judging.stalls import Stalls
from harness.judging.stamps import Stamps
from harness.judging.statuses import Statuses
from harness.judging.verdict import CouldNotTest
from harness.profile import Profile
from harness.record import Began, Closed, Ended, Received, Record, Stalled
from harness.wire.accent import accent_of
from harness.wire.topics import Topics


@dataclass(frozen=True)
class WholeRun(Episode):
    """All that passed, from first contact to farewell; `scenes` are the episodes in it.

    It goes all the way if the run does, and unless one thing cut short whatever was driven.
    """

    scenes: Mapping[str, Episode] = field(kw_only=True)
    said: Messages = field(kw_only=True)
    misunderstood: str | None = field(kw_only=True)

    def afresh(self) -> "WholeRun":
        """The same for another judgement, with a ledger of its own.

        Raises CouldNotTest where the device speaks another spec: what it says means something else.
        """
        if self.misunderstood:
            raise CouldNotTest(self.misunderstood)
        return WholeRun(self.history, Ledger(), scenes=self.scenes, said=self.said, misunderstood=None)

    @property
    def messages(self) -> Judged:
        """All messages, against their schemas."""
        return Judged(self.said, self.ledger)

    @property
    def stamps(self) -> Stamps:
        """The timestamps of all messages."""
        return Stamps(self.said, self.ledger)

    @property
    def identity(self) -> Identity:
        """Who the device says that it is."""
        return Identity(self.history, self.ledger)

    @property
    def publications(self) -> Publications:
        """The topics of all messages."""
        return Publications(self.history, self.ledger)

    @property
    def refusals(self) -> Refusals:
        """All writes that were refused."""
        return Refusals(self.history, self.scenes.values(), self.ledger)

    @property
    def statuses(self) -> Statuses:
        """All statuses of points."""
        return self.statuses_beside()


def whole_run_of(records: Sequence[Record]) -> WholeRun:
    """The run that a trace holds."""
    began, last = records[0], records[-1]
    assert isinstance(began, Began), "a trace begins with what was driven"  # noqa: S101 - read_trace has seen to it
    scenes = episodes_of(records)
    broken_off = last.broken_off if isinstance(last, Ended) else "the recording has no end"
    ending = Closed(last.time, f"the run was broken off: {broken_off}" if broken_off else _one_reason(scenes))
    profile, codec = Profile.from_dict(began.profile), reader_of(began.spec)
    stalls = Stalls([record for record in records if isinstance(record, Stalled)])
    history = History("the whole run", 0, records, profile, codec, stalls=stalls, ending=ending)
    return WholeRun(history, scenes=scenes, said=Messages(history), misunderstood=_misunderstood(history))


def _misunderstood(history: History) -> str | None:
    """That the device was left alone because it speaks another spec, if it was."""
    state = Topics.of(history.profile.id, history.profile.topics).state
    heard = (record for record in history.records if isinstance(record, Received) and record.topic == state)
    accent = accent_of(history.codec.dialect.spec, (record.payload for record in heard if not record.retain))
    reason = history.closed.cut_short
    return reason if accent and reason == str(accent) else None


def _one_reason(scenes: Mapping[str, Episode]) -> str | None:
    """Why none of the scenarios that were driven went all the way, if it is the same for all."""
    endings = [scene.history.closed for scene in scenes.values()]
    reasons = {ending.cut_short for ending in endings if not ending.out_of_view}
    return reasons.pop() if len(reasons) == 1 else None
