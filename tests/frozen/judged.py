"""The outcome of a run, as text in which nothing depends on where code lies, or on how many records came before.

A record is named by its scenario, the seconds since that began, its topic and a hash of its payload. In what is hashed,
times count from the scenario's start as well, and JSON has its keys in order.
"""

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.mqtt.packets import ObservedPacket
from harness.payload.timestamps import parsed_timestamp
from harness.record.kinds import Opened, Provoked, Received, Record, Sent
from harness.record.trace import read_trace
from harness.report.reading import read_results
from harness.report.results import FindingResult

JSON = Any

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_COUNTED = ("event_no", "restart_count", "clientToken")  # they count what came before the scenario, too
_COUNTED_IN_NUMBERS = ("version", "timestamp")  # likewise, in a message that has no timestamp in words, as UDMI's have


class Judged:
    """A run's folder, read for one subject. `text`: its verdicts and figures, a judgement's below its requirement."""

    def __init__(self, folder: Path, subject: str) -> None:
        (self._results,) = (one for one in read_results(folder / "results.json").subjects if one.subject == subject)
        self._records: Sequence[Record] = read_trace(folder / self._results.trace)
        starts = [(record.time, record.scenario) for record in self._records if isinstance(record, Opened)]
        self._starts, self._scenarios = [time for time, _ in starts], [name for _, name in starts]
        self._places = [place for place, record in enumerate(self._records) if isinstance(record, Opened)]

    @cached_property
    def text(self) -> str:
        """Ends in a line break."""
        return "".join(f"{line}\n" for line in self._lines())

    def payload(self, mark: str) -> str | None:
        """The content of the record with that hash, in words; None where no record here has it."""
        return self._payloads.get(mark)

    @cached_property
    def _payloads(self) -> Mapping[str, str]:
        payloads = (
            self._content(place, record.payload)
            for place, record in enumerate(self._records)
            if isinstance(record, Sent | Received)
        )
        return {_hash(payload): payload for payload in payloads}

    def _lines(self) -> Iterator[str]:
        yield f"outcome: {self._results.outcome}"
        for requirement in sorted(self._results.requirements, key=lambda one: one.id):
            yield f"{requirement.id}: {requirement.level}, {requirement.verdict}"
            for finding in sorted(requirement.findings, key=_name):
                yield f"  {_name(finding)}: {finding.verdict}"
                yield from (f"    {line}" for line in self._of(finding))

    def _of(self, finding: FindingResult) -> Iterator[str]:
        yield from (f"says {line.strip()}" for line in finding.story.splitlines())
        yield from (f"observed {words}" for words in finding.observed)
        for one in finding.measured:
            yield f"measured {one.least:.3f} to {one.most:.3f} s: {one.what}"
            yield f"limit {_seconds(one.earliest)} to {_seconds(one.latest)}: {one.required}"
        yield from (f"due {self._at(one.start)} s, for {one.end - one.start:.3f} s" for one in finding.due)
        where = finding.where
        yield from [f"of point {where.about}"] if where.about else []
        sides = {"decisive": where.decisive, "since": where.since}
        yield from (f"{side} {self._line(line)}" for side, line in sides.items() if line is not None)
        yield from (f"record {self._line(line)}" for line in finding.places)

    def _line(self, line: int) -> str:
        """The record at that line of the trace; lines count from one."""
        place, record = line - 1, self._records[line - 1]
        return f"{self._since(place, record.time)} {self._words(place, record)}"

    def _words(self, place: int, record: Record) -> str:
        match record:
            case Sent() | Received():
                return f"{record.topic} #{_hash(self._content(place, record.payload))}"
            case ObservedPacket():
                return " ".join((record.what, *(record.topics or ())))
            case Provoked():
                return f"{record.name} {record.subject} {record.detail_text}".rstrip()
            case _:
                return type(record).__name__.lower()

    def _since(self, place: int, time: float) -> str:
        number = bisect_right(self._places, place) - 1
        return self._relative(number, time)

    def _at(self, time: float) -> str:
        return self._relative(bisect_right(self._starts, time) - 1, time)

    def _relative(self, number: int, time: float) -> str:
        if number < 0:
            return f"(first contact) {time - self._records[0].time:.3f}"
        return f"{self._scenarios[number]} {time - self._starts[number]:.3f}"

    def _content(self, place: int, payload: bytes) -> str:
        number = bisect_right(self._places, place) - 1
        start = self._starts[max(number, 0)]
        try:
            return json.dumps(_told(json.loads(payload), start), sort_keys=True, ensure_ascii=False)
        except ValueError:  # what is no JSON stays as it is
            return payload.decode(errors="backslashreplace")


def _name(finding: FindingResult) -> str:
    """The judgement's, without the file that it stands in."""
    return finding.judgement.rpartition(".py::")[2]


def _seconds(limit: float | None) -> str:
    return "any" if limit is None else f"{limit:g} s"


def _told(content: JSON, start: float) -> JSON:
    """The content with times that count from there, and without what counts from the first day."""
    match content:
        case dict():
            return {name: _told(value, start) for name, value in content.items() if not _is_counted(name, content)}
        case list():
            return [_told(value, start) for value in content]
        case str() if _TIMESTAMP.fullmatch(content) and (instant := parsed_timestamp(content)) is not None:
            return f"{instant - start:.3f} s" if instant >= start else "earlier"
        case _:
            return content


def _is_counted(name: str, content: JSON) -> bool:
    in_numbers = name in _COUNTED_IN_NUMBERS and isinstance(content[name], int)
    return name in _COUNTED or (in_numbers and not isinstance(content.get("timestamp"), str))


def _hash(payload: str) -> str:
    return hashlib.sha256(payload.encode(errors="backslashreplace")).hexdigest()[:8]
