"""The recorded history of a scenario, as one judgement is given it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from harness.judging import episode as neutral
from harness.judging.connection.delivery import delivery
from harness.judging.cutting import histories_of
from harness.judging.episode import lacking
from harness.judging.verdicts.verdict import CouldNotTest, Undocumented
from harness.payload.values import Value
from harness.protocols.udmi.judging.configs.broken_config import BrokenConfig
from harness.protocols.udmi.judging.configs.odd_config import OddConfig
from harness.protocols.udmi.judging.configs.point_list import PointList
from harness.protocols.udmi.judging.configs.requested_units import RequestedUnits
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.configs.sparse_config import SparseConfig
from harness.protocols.udmi.judging.configs.survival import Survival
from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.judging.events.metrics import Metrics
from harness.protocols.udmi.judging.events.system_log import SystemLog
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.states.etags import Etags
from harness.protocols.udmi.judging.states.lifecycle import Lifecycle
from harness.protocols.udmi.judging.states.point_statuses import PointStatuses
from harness.protocols.udmi.judging.states.state_header import StateHeaders
from harness.protocols.udmi.judging.states.states import States
from harness.protocols.udmi.judging.states.status_entries import StatusEntries
from harness.protocols.udmi.judging.telemetry.backfill import DeviceConnection
from harness.protocols.udmi.judging.telemetry.change import Change
from harness.protocols.udmi.judging.telemetry.reported_values import ReportedValues
from harness.protocols.udmi.judging.telemetry.sample_rate import SampledConfig
from harness.protocols.udmi.judging.writes.write import Write
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Began, Desired, Lacked, Provoked, Record, Sent
from harness.record.left_out import NotApplicable

C = TypeVar("C", bound=SentConfig)


class Episode(neutral.Episode[History]):
    """A view of the history with evidence of its own."""

    def write(self, label: str) -> Write:
        """The write, or release, that the scenario named so, the last time that it did; it must have come to it."""
        for place, record in reversed(list(self.history.placed())):
            match record:
                case Sent(desired=desired) if label in desired:
                    point, value = desired[label].subject, self._written_by(desired[label])
                    end, end_time = self._next_word_of(point, place)
                    sent = self._sent(place, record)
                    start = self.history.speaks_of(sent.stimulus, sent.config.timestamp, end)
                    return Write(self.history, self.evidence, sent.stimulus, point, value, start, end, end_time, sent)
                case Lacked(role=role) if role == label:
                    raise lacking(record)
        raise self._missing(f"makes no write {label!r}")

    def any_in_error(self, *labels: str) -> None:
        """One of these writes at least came to an error state, whichever it should be. Raises why if none did."""
        reasons: list[Exception] = []
        for label in labels:
            try:
                self.write(label).in_error()
            except (CouldNotTest, NotApplicable) as reason:
                reasons.append(reason)
            else:
                return
        raise next((reason for reason in reasons if isinstance(reason, CouldNotTest)), reasons[0])

    def config(self, label: str) -> SentConfig:
        """The config that the scenario named so."""
        for place, record in self.history.placed():
            match record:
                case Sent(label=said) if said == label:
                    return self._sent(place, record)
                case Lacked(role=role) if role == label:
                    raise lacking(record)
        raise self._missing(f"sends no config {label!r}")

    def odd_config(self, label: str) -> OddConfig:
        """The config that the scenario named so, as one that the device need not like."""
        return self._config_as(OddConfig, label)

    def broken_config(self, label: str) -> BrokenConfig:
        """The config that the scenario named so, as one that cannot be worked on."""
        return self._config_as(BrokenConfig, label)

    def sparse_config(self, label: str) -> SparseConfig:
        """The config that the scenario named so, as one that leaves something out."""
        return self._config_as(SparseConfig, label)

    def point_list(self, label: str) -> PointList:
        """The config that the scenario named so, asked whether what is reported goes by its list."""
        return self._config_as(PointList, label)

    def units(self, label: str) -> RequestedUnits:
        """The config that the scenario named so, asked what became of the units in it."""
        return self._config_as(RequestedUnits, label)

    def pace(self, label: str) -> SampledConfig:
        """The config that the scenario named so, asked when telemetry followed it."""
        return self._config_as(SampledConfig, label)

    def move(self, label: str) -> Change:
        """The value that the scenario brought a point to show under that name."""
        stimulus = self.provocation(label)
        record = self.history.record_at(stimulus.place)
        assert isinstance(record, Provoked), "a stimulus of a provocation begins at its record"  # noqa: S101 - ours
        end, end_time = self._next_change(record.subject, stimulus.place)
        return Change(self.history, self.evidence, stimulus, record.subject, self._shown_by(record), end, end_time)

    def written(self, label: str) -> Change:
        """The write that the scenario named so, asked what telemetry told of it."""
        write = self.write(label)
        end, end_time = self._next_change(write.point, write.stimulus.place)
        return Change(self.history, self.evidence, write.stimulus, write.point, write.value, end, end_time)

    @property
    def documented_time_to_failure(self) -> float:
        """Seconds, as the profile has it. Raises Undocumented where it has none."""
        documented = self.history.profile.time_to_failure
        if documented is None:
            raise Undocumented("the profile documents no time to failure: add the line time_to_failure = SECONDS")
        return documented

    @property
    def connection(self) -> DeviceConnection:
        """The device's client, as a broker of ours saw it."""
        return DeviceConnection(self.history, self.evidence)

    @property
    def survival(self) -> Survival:
        """Whether the device is still there."""
        return Survival(self.history, self.evidence)

    @property
    def states(self) -> States:
        """All states."""
        return States(self.history, self.evidence)

    @property
    def state_header(self) -> StateHeaders:
        """All states, for what they say beside their points."""
        return StateHeaders(self.history, self.evidence)

    @property
    def journal(self) -> SystemLog:
        """All log entries."""
        return SystemLog(self.history, self.evidence)

    @property
    def metrics(self) -> Metrics:
        """All metrics."""
        return Metrics(self.history, self.evidence)

    @property
    def lifecycle(self) -> Lifecycle:
        """All starts and modes of the device."""
        return Lifecycle(self.history, self.evidence)

    @property
    def etags(self) -> Etags:
        """All etags."""
        return Etags(self.history, self.evidence)

    @property
    def status_entries(self) -> StatusEntries:
        """All statuses, wherever they stand."""
        return StatusEntries(self.history, self.evidence)

    @property
    def values(self) -> ReportedValues:
        """All values of telemetry."""
        return ReportedValues(self.history, self.evidence)

    def statuses_beside(self, *others: "Episode") -> PointStatuses:
        """All statuses of points, in this episode and the others."""
        return PointStatuses((self.history, *(other.history for other in others)), self.evidence)

    def _sent(self, place: int, record: Sent) -> SentConfig:
        following = (at for at, later in self.history.placed() if at > place and isinstance(later, Sent))
        end = next(following, self.history.end)
        stimulus = delivery(self.history, place, record, end)
        return SentConfig(self.history, self.evidence, stimulus, self.history.configs[place], end)

    def _next_word_of(self, point: str, after: int) -> tuple[int, float]:
        """The place and time of the next config that names the point, or of the episode's end."""
        for place, record in self.history.placed():
            if place > after and isinstance(record, Sent) and _speaks_of(record, point):
                return place, record.time
        return self.history.end, self.history.closed.time

    def _written_by(self, desired: Desired) -> Value | None:
        """The value that was asked for; a trace may say anything. Raises CouldNotTest where no point can show it."""
        if isinstance(desired.value, Value | None):
            return desired.value
        raise self._missing(f"writes no value to {desired.subject!r} that a point can show")

    def _shown_by(self, move: Provoked) -> Value:
        """The value that the point was moved to; a trace may say anything. Raises CouldNotTest where it says none."""
        if isinstance(move.detail, Value):
            return move.detail
        raise self._missing(f"brings no point to show a value by {move.label!r}")

    def _next_change(self, point: str, after: int) -> tuple[int, float]:
        """The place and time of the next change: the point is moved anew, a config is sent, or the episode ends."""
        for place, record in self.history.placed():
            if place > after and (
                isinstance(record, Sent) or (isinstance(record, Provoked) and record.subject == point)
            ):
                return place, record.time
        return self.history.end, self.history.closed.time

    def _config_as(self, kind: type[C], label: str) -> C:
        sent = self.config(label)
        return kind(sent.history, sent.evidence, sent.stimulus, sent.config, sent.next)


def _speaks_of(sent: Sent, point: str) -> bool:
    return any(one.subject == point for one in sent.desired.values())


def episodes_of(records: Sequence[Record]) -> Mapping[str, Episode]:
    """Cut a trace into its episodes."""
    began = records[0]
    assert isinstance(began, Began), "a trace begins with what was driven"  # noqa: S101 - read_trace has seen to it
    profile, codec = Profile.from_dict(began.profile), reader_of(began.spec)
    stamps = list(_stamps(records, codec))

    def make(scenario: str, first: int, part: Sequence[Record], **more: Any) -> History:  # noqa: ANN401 - a History's own
        earlier = frozenset(stamp for place, stamp in stamps if place < first)
        return History(scenario, first, part, profile, codec, earlier, **more)

    late = Topics.of(profile.id, profile.topics).system
    return {name: Episode(one) for name, one in histories_of(records, make, late)}


def _stamps(records: Sequence[Record], codec: Codec) -> Iterator[tuple[int, float]]:
    """Place and timestamp of every config that can be worked on and has one."""
    for place, record in enumerate(records):
        if isinstance(record, Sent) and not record.broken:
            stamp = DECODED.of(record, codec.decode_config).timestamp
            if isinstance(stamp, int | float):
                yield place, stamp
