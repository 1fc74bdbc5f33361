"""The recorded history of a scenario, as one judgement is given it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from harness.judging.act import Act
from harness.judging.asked_units import AskedUnits
from harness.judging.broken_config import BrokenConfig
from harness.judging.change import Change
from harness.judging.conditions import Conditions
from harness.judging.connection import Connection
from harness.judging.etags import Etags
from harness.judging.history import History
from harness.judging.journal import Journal
from harness.judging.ledger import Ledger, aside
from harness.judging.lifecycle import Lifecycle
from harness.judging.listing import Listing
from harness.judging.metrics import Metrics
from harness.judging.odd_config import OddConfig
from harness.judging.paced import Paced
from harness.judging.reading import reader_of
from harness.judging.sent_config import SentConfig
from harness.judging.sparse_config import SparseConfig
from harness.judging.stalls import Stalls
from harness.judging.states import States
from harness.judging.statuses import Statuses
from harness.judging.utterances import Utterances
from harness.judging.values import Values
from harness.judging.verdict import CouldNotTest, NotApplicable
from harness.judging.write import Write
from harness.profile import Profile
from harness.record import Began, Closed, Lacked, Opened, Provoked, Record, Sent, Stalled
from harness.wire.seen import Seen

C = TypeVar("C", bound=SentConfig)


@dataclass(frozen=True)
class Episode:
    """A view of the history with a ledger of its own."""

    history: History
    ledger: Ledger = field(default_factory=Ledger)

    def write(self, label: str) -> Write:
        """The write, or release, that the scenario named so, the last time that it did; it must have come to it."""
        for place, record in reversed(list(self.history.placed())):
            match record:
                case Sent(settings=settings) if label in settings:
                    point, value = settings[label]
                    end, end_time = self._next_word_of(point, place)
                    sent = self._sent(place, record)
                    start = self.history.speaks_of(sent.act, sent.config.timestamp, end)
                    return Write(self.history, self.ledger, sent.act, point, value, start, end, end_time, sent)
                case Lacked(role=role, remedy=remedy) if role == label:
                    raise NotApplicable(remedy)
        raise self._missing(f"makes no write {label!r}")

    def config(self, label: str) -> SentConfig:
        """The config that the scenario named so."""
        for place, record in self.history.placed():
            if isinstance(record, Sent) and record.label == label:
                return self._sent(place, record)
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

    def listing(self, label: str) -> Listing:
        """The config that the scenario named so, asked whether what is reported goes by its list."""
        return self._config_as(Listing, label)

    def units(self, label: str) -> AskedUnits:
        """The config that the scenario named so, asked what became of the units in it."""
        return self._config_as(AskedUnits, label)

    def pace(self, label: str) -> Paced:
        """The config that the scenario named so, asked when telemetry followed it."""
        return self._config_as(Paced, label)

    def move(self, label: str) -> Change:
        """The value that the scenario brought a point to show under that name."""
        act = self.provocation(label)
        record = self.history.records[act.place - self.history.first]
        assert isinstance(record, Provoked), "an act of a provocation begins at its record"  # noqa: S101 - ours
        end, end_time = self._next_change(record.point, act.place)
        return Change(self.history, self.ledger, act, record.point, json.loads(record.detail), end, end_time)

    def written(self, label: str) -> Change:
        """The write that the scenario named so, asked what telemetry told of it."""
        write = self.write(label)
        end, end_time = self._next_change(write.point, write.act.place)
        return Change(self.history, self.ledger, write.act, write.point, write.value, end, end_time)

    def provocation(self, label: str) -> Act:
        """The condition that the scenario brought about under that name."""
        for record in self.history.records:
            if isinstance(record, Lacked) and record.role == label:
                raise (CouldNotTest if record.provocation else NotApplicable)(record.remedy)
        for place, record in self.history.placed():
            if isinstance(record, Provoked) and record.label == label:
                what = f"{record.what} {record.point}".rstrip()
                return self.history.act(place, record.time, f"{record.label!r} ({what})")
        raise self._missing(f"provokes nothing {label!r}")

    @property
    def connection(self) -> Connection:
        """What a broker of ours saw of the device's client."""
        return Connection(self.history, self.ledger)

    @property
    def states(self) -> States:
        """All states."""
        return States(self.history, self.ledger)

    @property
    def utterances(self) -> Utterances:
        """All states, for what they say beside their points."""
        return Utterances(self.history, self.ledger)

    @property
    def journal(self) -> Journal:
        """All log entries."""
        return Journal(self.history, self.ledger)

    @property
    def metrics(self) -> Metrics:
        """All metrics."""
        return Metrics(self.history, self.ledger)

    @property
    def lifecycle(self) -> Lifecycle:
        """All starts and modes of the device."""
        return Lifecycle(self.history, self.ledger)

    @property
    def etags(self) -> Etags:
        """All etags."""
        return Etags(self.history, self.ledger)

    @property
    def conditions(self) -> Conditions:
        """All statuses, wherever they stand."""
        return Conditions(self.history, self.ledger)

    @property
    def values(self) -> Values:
        """All values of telemetry."""
        return Values(self.history, self.ledger)

    def statuses_beside(self, *others: "Episode") -> Statuses:
        """All statuses of points, in this episode and the others."""
        return Statuses((self.history, *(other.history for other in others)), self.ledger)

    def observe(self, what: str) -> None:
        """Write down what the device does where the sources leave it open."""
        self.ledger.observed.append(what)

    def _sent(self, place: int, record: Sent) -> SentConfig:
        following = (at for at, later in self.history.placed() if at > place and isinstance(later, Sent))
        act = self.history.act(place, record.time, "the config", on_its_way=self.history.allowance)
        return SentConfig(
            self.history, self.ledger, act, self.history.configs[place], next(following, self.history.end)
        )

    def _next_word_of(self, point: str, after: int) -> tuple[int, float]:
        """Where a later config speaks of the point, or the episode closes: place and time."""
        for place, record in self.history.placed():
            if place > after and isinstance(record, Sent) and any(p == point for p, _ in record.settings.values()):
                return place, record.time
        return self.history.end, self.history.closed.time

    def _next_change(self, point: str, after: int) -> tuple[int, float]:
        """Where the point is moved anew, or the next config is sent, or the episode closes: place and time."""
        for place, record in self.history.placed():
            if place > after and (isinstance(record, Sent) or (isinstance(record, Provoked) and record.point == point)):
                return place, record.time
        return self.history.end, self.history.closed.time

    def _config_as(self, kind: type[C], label: str) -> C:
        sent = self.config(label)
        return kind(sent.history, sent.ledger, sent.act, sent.config, sent.next)

    def _missing(self, what: str) -> Exception:
        self.history.went_all_the_way()
        return CouldNotTest(f"{self.history.scenario} {what}")


@contextmanager
def given(fact: str) -> Iterator[None]:
    """A positive control: what follows proves something only if this is seen first."""
    try:
        with aside():
            yield
    except AssertionError as missing:
        raise CouldNotTest(f"It needs that {fact}; but: {missing}") from missing


def episodes_of(records: Sequence[Record]) -> Mapping[str, Episode]:
    """Cut a trace into its episodes."""
    began = records[0]
    assert isinstance(began, Began), "a trace begins with what was driven"  # noqa: S101 - read_trace has seen to it
    profile, codec = Profile.from_dict(began.profile), reader_of(began.spec)
    episodes: dict[str, Episode] = {}
    stamps: set[float] = set()
    stalls = Stalls([record for record in records if isinstance(record, Stalled)])
    seen: list[tuple[int, Seen]] = []
    for place, record in enumerate(records):
        match record:
            case Sent(payload=payload, broken=False):
                stamp = codec.decode_config(payload).timestamp
                stamps |= {stamp} if isinstance(stamp, int | float) else set()
            case Seen():
                seen.append((place, record))
            case Opened(scenario=scenario):
                part, before = _up_to_its_end(records[place:]), tuple(seen)
                history = History(scenario, place, part, profile, codec, frozenset(stamps), stalls, seen_before=before)
                episodes[scenario] = Episode(history)
    return episodes


def is_watched(episodes: Iterable[Episode]) -> bool:
    """Whether the broker was one that tells what it sees."""
    return any(
        episode.history.seen_before or any(isinstance(record, Seen) for record in episode.history.records)
        for episode in episodes
    )


def _up_to_its_end(records: Sequence[Record]) -> Sequence[Record]:
    """Up to where the scenario that opens here closes; or to where the run broke off."""
    for place, record in enumerate(records):
        if isinstance(record, Closed):
            return records[: place + 1]
    return [*records, Closed(records[-1].time, cut_short="the run broke off here")]
