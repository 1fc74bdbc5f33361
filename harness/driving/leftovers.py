"""A retained config of our own, which a run that was killed left behind: nobody else's, and not to be put back."""

import json
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError
from harness.record import Found, Record, Sent
from harness.trace import read_trace


@dataclass(frozen=True, slots=True)
class Leftover:
    """`run`: its folder. `found`: what lay at the topic before it; None: nothing did."""

    run: Path
    found: bytes | None


def leftover(reports: Path, topic: str, payload: bytes) -> Leftover | None:
    """The latest run among the reports that sent these very bytes; None: they are somebody else's."""
    as_recorded = json.dumps(payload.decode(errors="replace"))
    for trace in sorted(reports.glob("*/trace.ndjson"), reverse=True):
        records = _records(trace, as_recorded)
        if any(isinstance(record, Sent) and (record.topic, record.payload) == (topic, payload) for record in records):
            found = next((record.payload for record in records if isinstance(record, Found)), None)
            return Leftover(trace.parent, found)
    return None


def _records(trace: Path, words: str) -> list[Record]:
    """Of a trace that has these words; one that cannot be read may lie there for any reason, and is passed over."""
    try:
        return [*read_trace(trace)] if words in trace.read_text(encoding="utf-8") else []
    except (OSError, UnicodeDecodeError, UsageError):
        return []
