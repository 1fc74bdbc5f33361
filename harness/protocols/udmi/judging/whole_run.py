"""A whole run as one history: what must hold at every moment, between the scenarios too, is judged here once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from harness.judging import whole_run as neutral
from harness.judging.passages import stalls_of
from harness.judging.timing.network_delay import NetworkDelay
from harness.judging.verdicts.verdict import CouldNotTest
from harness.protocols.udmi.judging.episode import Episode, episodes_of
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.messages.messages import Judged, Messages
from harness.protocols.udmi.judging.messages.publications import Publications
from harness.protocols.udmi.judging.messages.stamps import Stamps
from harness.protocols.udmi.judging.network_survey import network_delay_of
from harness.protocols.udmi.judging.states.identity import ReportedIdentity
from harness.protocols.udmi.judging.states.point_statuses import PointStatuses
from harness.protocols.udmi.judging.writes.refusals import Refusals
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.spec_detection import detected_spec
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Began, Received, Record


@dataclass(frozen=True)
class WholeRun(neutral.WholeRun[History], Episode):
    """All that passed, with what judgements ask of it. `misunderstood`: that the device speaks another spec."""

    scenes: Mapping[str, Episode] = field(kw_only=True)
    said: Messages = field(kw_only=True)
    misunderstood: str | None = field(kw_only=True)

    def afresh(self) -> Self:
        """The same for another judgement, with evidence of its own.

        Raises CouldNotTest where the device speaks another spec: what it says means something else.
        """
        if self.misunderstood:
            raise CouldNotTest(self.misunderstood)
        return super().afresh()

    @property
    def messages(self) -> Judged:
        """All messages, against their schemas."""
        return Judged(self.said, self.evidence)

    @property
    def stamps(self) -> Stamps:
        """The timestamps of all messages."""
        return Stamps(self.said, self.evidence)

    @property
    def identity(self) -> ReportedIdentity:
        """The identity that the device reports."""
        return ReportedIdentity(self.history, self.evidence)

    @property
    def publications(self) -> Publications:
        """The topics of all messages."""
        return Publications(self.history, self.evidence)

    @property
    def refusals(self) -> Refusals:
        """All writes that were refused."""
        return Refusals(self.history, self.scenes.values(), self.evidence)

    @property
    def point_statuses(self) -> PointStatuses:
        """All statuses of points."""
        return self.statuses_beside()


def whole_run_of(records: Sequence[Record], network_delay: NetworkDelay | None = None) -> WholeRun:
    """The run that a trace holds; on that road, or else on the one that it shows itself."""
    began = records[0]
    assert isinstance(began, Began), "a trace begins with what was driven"  # noqa: S101 - read_trace has seen to it
    scenes = episodes_of(records)
    profile, codec, ending = Profile.from_dict(began.profile), reader_of(began.spec), neutral.ending_of(records, scenes)
    history = History(neutral.THE_WHOLE_RUN, 0, records, profile, codec, stalls=stalls_of(records), ending=ending)
    history = replace(history, network_delay=network_delay or network_delay_of(history))
    scenes = {
        name: Episode(replace(scene.history, network_delay=history.network_delay)) for name, scene in scenes.items()
    }
    return WholeRun(history, scenes=scenes, said=Messages(history), misunderstood=_misunderstood(history))


def _misunderstood(history: History) -> str | None:
    """That the device was left alone because it speaks another spec, if it was."""
    reason = history.closed.cut_short
    if reason is None:
        return None
    state = Topics.of(history.profile.id, history.profile.topics).state
    heard = (record for record in history.records if isinstance(record, Received) and record.topic == state)
    detected = detected_spec(history.codec.layout.spec, (record.payload for record in heard if not record.retain))
    return reason if detected and reason == str(detected) else None
