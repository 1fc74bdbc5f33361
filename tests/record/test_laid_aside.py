"""The records that a run keeps in memory, and those that lie in the file of its trace alone."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Desired, Received, Record, Sent
from harness.record.lines import FORMAT
from harness.record.trace import read_trace, recording

_PROFILE = Profile("AHU-1", {}, None, 0.0)
_BEGAN = Began(1.0, FORMAT, "test", Spec.UDMI_1_5, "virtual", "sim", _PROFILE.as_dict())
_TOPIC = "/devices/AHU-1/state"
_MANY, _BYTES = 12_000, 4_000  # 48 MB: six times what is kept in memory


def test_record_in_the_file_is_the_record_that_was_appended(tmp_path: Path) -> None:
    records = [_BEGAN, *_large(), Received(3.0, "x" * 300, b"\xff\x00", retain=True), _sent()]

    read = _recorded(tmp_path / "trace.ndjson", records)

    assert list(read) == records
    assert read[1:] == list(read_trace(tmp_path))[1:]


def test_payload_in_the_file_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    with recording(tmp_path / "trace.ndjson") as recorder:
        for record in (_BEGAN, *_large(), _sent()):
            recorder.append(record)

    last = recorder.records[-1]
    assert isinstance(last, Sent)
    assert (last.payload, last.label) == (b'{"a":"\xc3\xa4"}', "write")


def test_copy_of_a_recording_has_the_same_bytes(tmp_path: Path) -> None:
    _recorded(tmp_path / "trace.ndjson", [_BEGAN, *_large(), _sent()])

    _recorded(tmp_path / "copy.ndjson", list(read_trace(tmp_path)))

    assert (tmp_path / "copy.ndjson").read_bytes() == (tmp_path / "trace.ndjson").read_bytes()


def test_trace_that_was_cut_since_is_told(tmp_path: Path) -> None:
    read = _recorded(tmp_path / "trace.ndjson", [_BEGAN, *_large(), _sent()])
    (tmp_path / "trace.ndjson").write_text("")

    last = read[-1]
    assert isinstance(last, Sent)
    with pytest.raises(UsageError, match=r"trace\.ndjson was changed while it was read"):
        assert last.payload


def test_flood_takes_a_fraction_of_its_trace_while_it_is_recorded(tmp_path: Path) -> None:
    assert _peak_mb(lambda: _record_a_flood(tmp_path / "trace.ndjson")) < 30


def test_flood_takes_a_fraction_of_its_trace_while_it_is_judged(tmp_path: Path) -> None:
    _record_a_flood(tmp_path / "trace.ndjson")

    def judge() -> None:
        history = History("flood", 0, read_trace(tmp_path), _PROFILE, reader_of(Spec.UDMI_1_5))
        assert sum(not heard.message.points for heard in history.states) == _MANY

    assert _peak_mb(judge) < 40


def _peak_mb(stimulus: Callable[[], None]) -> float:
    tracemalloc.start()
    try:
        stimulus()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def _record_a_flood(file: Path) -> None:
    with recording(file) as recorder:
        recorder.append(_BEGAN)
        for number in range(_MANY):
            recorder.append(Received(2.0, _TOPIC, f"{number}".encode() + b"x" * _BYTES, retain=False))


def _large() -> list[Record]:
    """More than is kept in memory."""
    return [Received(2.0, _TOPIC, f"{number}".encode() * 1_000_000, retain=False) for number in range(10)]


def _sent() -> Sent:
    return Sent(3.0, "/devices/AHU-1/config", b'{"a":"\xc3\xa4"}', "write", {"write": Desired("point", 20.0)})


def _recorded(file: Path, records: list[Record]) -> list[Record]:
    with recording(file) as recorder:
        for record in records:
            recorder.append(record)
    return recorder.records
