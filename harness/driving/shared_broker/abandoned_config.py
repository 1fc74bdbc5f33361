"""A retained config of our own, which a run that was killed left behind: nobody else's, and not to be put back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError
from harness.record.kinds import Found, Record, Sent
from harness.record.trace import read_trace


@dataclass(frozen=True, slots=True)
class AbandonedConfig:
    """`run`: its folder, or who started it. `found`: what lay at the topic before it; None: nothing did."""

    run: Path | str
    found: bytes | None


def leftover(reports: Path, topic: str, payload: bytes) -> AbandonedConfig | None:
    """The latest run among the reports that sent these very bytes; None: they are somebody else's."""
    as_recorded = json.dumps(payload.decode(errors="replace"))
    for trace in sorted(reports.glob("*/trace*.ndjson"), reverse=True):
        records = _records(trace, as_recorded)
        if any(isinstance(record, Sent) and (record.topic, record.payload) == (topic, payload) for record in records):
            found = next((record.payload for record in records if isinstance(record, Found)), None)
            return AbandonedConfig(trace.parent, found)
    return None


def _records(trace: Path, words: str) -> Sequence[Record]:
    """Of a trace that has these words; one that cannot be read may lie there for any reason, and is passed over."""
    try:
        with trace.open(encoding="utf-8-sig") as lines:
            has_them = any(words in line for line in lines)
        return read_trace(trace) if has_them else []
    except (OSError, UnicodeDecodeError, UsageError):
        return []
