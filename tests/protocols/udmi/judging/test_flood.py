"""The memory that judgements take of a flood: a row of figures for each message, and not its text."""

import json
import tracemalloc
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.verdict import NotObserved
from harness.payload import memory
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.judging import decoded
from harness.protocols.udmi.judging.events.system_log import SystemLog
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.states.point_statuses import PointStatuses
from harness.protocols.udmi.judging.states.status_entries import StatusEntries
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Closed, Opened, Received, Record
from harness.record.laid_aside import TraceFile
from harness.record.lines import to_line

_MESSAGES, _EACH = 400, 60  # and what each says, so many times
_BESIDE = 1_000_000  # messages of the flood that are not looked at here: they leave no room for decoded ones
_ROOM, _A_FIGURE = 500_000, 250  # bytes


@pytest.fixture(autouse=True)
def _little_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of decoded messages, which has a bound of its own, and at this scale would be most of what is measured."""
    monkeypatch.setattr(decoded, "_LEAST", _ROOM)
    monkeypatch.setattr(memory, "_LARGE", _ROOM)


def test_log_entries_of_a_flood_are_looked_up(tmp_path: Path) -> None:
    entries = [{"message": f"m{n}", "category": "x.y", "level": 300, "timestamp": rfc3339(1.0)} for n in range(_EACH)]
    history = _flooded(tmp_path, "events/system", {"logentries": entries})

    assert _bytes_for_each(lambda: len(SystemLog(history, Evidence()).entries)) < _A_FIGURE


def test_one_line_messages_of_a_flood_are_looked_up(tmp_path: Path) -> None:
    history = _flooded(tmp_path, "events/system", {"logentries": [{"message": f"m{n}"} for n in range(_EACH)]})

    assert _bytes_for_each(SystemLog(history, Evidence()).has_one_line_messages) < _A_FIGURE


@pytest.mark.parametrize(
    "judge",
    [
        lambda history: PointStatuses([history], Evidence()).have_one_line_messages(),
        lambda history: StatusEntries(history, Evidence()).have_round_levels(),
    ],
)
def test_statuses_of_a_flood_are_looked_up(tmp_path: Path, judge: Callable[[History], None]) -> None:
    points = {f"p{n}": {"status": {"message": f"m{n}", "category": "x.y", "level": 300}} for n in range(_EACH)}
    history = _flooded(tmp_path, "state", {"pointset": {"points": points}})

    assert _bytes_for_each(lambda: judge(history)) < _A_FIGURE


def _flooded(folder: Path, suffix: str, content: Mapping[str, object]) -> History:
    """Each message has a timestamp of its own, so that none is like the one before."""
    records: list[Record] = [Opened(0.0, "flood")]
    lines = [_line(suffix, number + 1.0, content) for number in range(_MESSAGES)]
    trace = folder / "trace.ndjson"
    trace.write_text("".join(to_line(line) + "\n" for line in lines))
    file, offset = TraceFile(trace), 0
    for line in lines:
        length = len(to_line(line)) + 1
        records.append(file.lay_aside(line, offset, length))
        offset += length
    file.messages += _BESIDE
    profile = Profile("AHU-1", {}, None, 0.0)
    return History("flood", 0, [*records, Closed(_MESSAGES + 2.0)], profile, reader_of(Spec.UDMI_1_5))


def _line(suffix: str, time: float, content: Mapping[str, object]) -> Received:
    payload = json.dumps({"timestamp": rfc3339(time), "version": "1.5.7", **content}).encode()
    return Received(time, f"/devices/AHU-1/{suffix}", payload, retain=False)


def _bytes_for_each(judge: Callable[[], object]) -> float:
    """The most that it took."""
    tracemalloc.start()
    try:
        with suppress(NotObserved):
            judge()
        return tracemalloc.get_traced_memory()[1] / (_MESSAGES * _EACH)
    finally:
        tracemalloc.stop()
