"""The recorded history of a scenario, as one judgement is given it. A plug extends it with verbs of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Generic, Self, TypeVar

from harness.judging.connection.connection import Connection
from harness.judging.history import History
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence import Evidence, aside
from harness.judging.verdicts.verdict import CouldNotTest, Unconfirmed, Undeclared, Unprovided
from harness.mqtt.packets import ObservedPacket
from harness.record.kinds import Lacked, Provoked

H_co = TypeVar("H_co", bound=History, covariant=True)


@dataclass(frozen=True)
class Episode(Generic[H_co]):
    """A view of the history with evidence of its own."""

    history: H_co
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def is_watched(self) -> bool:
        """Whether the broker was one that tells what it sees."""
        history = self.history
        return bool(history.packets_before) or any(isinstance(record, ObservedPacket) for record in history.records)

    def afresh(self) -> Self:
        """The same history, for one judgement: nothing was looked at yet."""
        return replace(self, evidence=Evidence())

    def includes(self, label: str) -> None:
        """Raises why, where the scenario had to do without what goes by that label."""
        for record in self.history.records:
            if isinstance(record, Lacked) and record.role == label:
                raise lacking(record)

    def provocation(self, label: str) -> Stimulus:
        """The condition that the scenario brought about under that name."""
        self.includes(label)
        for place, record in self.history.placed():
            if isinstance(record, Provoked) and record.label == label:
                what = f"{record.name} {record.subject}".rstrip()
                return self.history.stimulus(place, record.time, f"{record.label!r} ({what})")
        raise self._missing(f"provokes nothing {label!r}")

    @property
    def connection(self) -> Connection:
        """The device's client, as a broker of ours saw it."""
        return Connection(self.history, self.evidence)

    def observe(self, what: str) -> None:
        """Write down what the device does where the sources leave it open."""
        self.evidence.observed.append(what)

    def _missing(self, what: str) -> Exception:
        """That the scenario did not do what it is asked about, though it went all the way; raises why if it did not."""
        self.history.went_all_the_way()
        return CouldNotTest(f"{self.history.scenario} {what}")


def lacking(record: Lacked) -> Exception:
    """The verdict of a judgement that needs what was lacking."""
    if record.hindered:
        return Unconfirmed(record.remedy)
    return (Unprovided if record.provocation else Undeclared)(record.remedy)


@contextmanager
def given(fact: str) -> Iterator[None]:
    """A positive control: what follows proves something only if this is seen first."""
    try:
        with aside():
            yield
    except AssertionError as missing:
        raise CouldNotTest(f"It needs that {fact}; but: {missing}") from missing
