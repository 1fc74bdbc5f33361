"""Cuts a trace into the passages that its scenarios take up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harness.judging.stretch import Stretch
from harness.judging.timing.stalls import Stalls
from harness.mqtt.packets import ObservedPacket
from harness.record.kinds import Closed, Opened, Record, Stalled


@dataclass(frozen=True, slots=True)
class Passage:
    """The records of one scenario's history; places are those of the trace, and `first` is that of the first record.

    `packets_before`: what a broker of ours saw before it; `earlier`: all that was recorded before it.
    """

    scenario: str
    first: int
    records: Sequence[Record] = field(repr=False)
    packets_before: Sequence[tuple[int, ObservedPacket]] = field(repr=False)
    earlier: Sequence[Record] = field(repr=False)

    @property
    def end(self) -> int:
        """The place behind its last record."""
        return self.first + len(self.records)


def passages_of(records: Sequence[Record]) -> Iterator[Passage]:
    """Of every scenario, in order. One that was broken off is closed where the record ends."""
    seen: list[tuple[int, ObservedPacket]] = []
    for place, record in enumerate(records):
        if isinstance(record, ObservedPacket):
            seen.append((place, record))
        if isinstance(record, Opened):
            part, before = _up_to_its_end(records, place), Stretch(seen, 0, len(seen))
            yield Passage(record.scenario, place, part, before, Stretch(records, 0, place))


def stalls_of(records: Sequence[Record]) -> Stalls:
    """All of the run."""
    return Stalls([record for record in records if isinstance(record, Stalled)])


def _up_to_its_end(records: Sequence[Record], opened: int) -> Sequence[Record]:
    """From where a scenario opens up to where it closes; or to where the run broke off."""
    for place in range(opened, len(records)):
        if isinstance(records[place], Closed):
            return Stretch(records, opened, place + 1)
    return [*records[opened:], Closed(records[-1].time, cut_short="the run broke off here")]
