"""A file of records, of today's format and of those before it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Desired, Provoked, Received, Record, Sent
from harness.record.lines import FORMAT
from harness.record.trace import read_trace, recording

OLD = {"record": "began", "time": 1, "harness": "0", "spec": Spec.UDMI_1_5, "clock": "virtual", "target": "sim"}
PROFILE = json.loads(json.dumps(Profile("AHU-1", {}, None, 0.0).as_dict()))
BEGAN = Began(1.0, FORMAT, "0", Spec.UDMI_1_5, "virtual", "sim", PROFILE)
WRITTEN = {"record": "sent", "time": 2, "topic": "c", "payload": "{}", "label": "w", "settings": {"w": ["damper", 1.5]}}
MOVED = {"record": "provoked", "time": 3, "label": "m", "what": "move", "point": "damper", "detail": "2.5"}
HEARD = {"record": "received", "time": 4, "topic": "s", "payload": "x" * 9_000_000, "retain": True}
SENT = Sent(2.0, "c", b"{}", "w", {"w": Desired("damper", 1.5)}, retain=True)
RECORDS: list[Record] = [
    BEGAN,
    SENT,
    Provoked(3.0, "m", "move", "damper", 2.5),
    Received(4.0, "s", b"x" * 9_000_000, retain=True),
]


def trace(folder: Path, lines: Sequence[dict[str, object]], written: int) -> Path:
    """A file of that format."""
    began = {**OLD, "format": written, "profile": PROFILE}
    file = folder / "trace.ndjson"
    file.write_text("".join(json.dumps(line) + "\n" for line in (began, *lines)), encoding="utf-8")
    return file


@pytest.mark.parametrize("written", [1, 2])
def test_trace_of_before_is_read_as_one_of_today(tmp_path: Path, written: int) -> None:
    assert list(read_trace(trace(tmp_path, [WRITTEN, MOVED, HEARD], written))) == RECORDS


@pytest.mark.parametrize("written", [1, 2])
def test_message_of_before_that_is_left_in_its_file_is_read_as_one_of_today(tmp_path: Path, written: int) -> None:
    late = {**WRITTEN, "time": 5}

    *_, last = read_trace(trace(tmp_path, [WRITTEN, MOVED, HEARD, late], written))

    assert isinstance(last, Sent)
    assert (last.payload, last.desired) == (b"{}", {"w": Desired("damper", 1.5)})


def test_copy_of_a_trace_of_before_is_one_of_today(tmp_path: Path) -> None:
    records = read_trace(trace(tmp_path, [WRITTEN, MOVED, HEARD], 2))
    with recording(tmp_path / "copy.ndjson") as recorder:
        for record in records:
            recorder.append(record)

    assert json.loads((tmp_path / "copy.ndjson").read_text(encoding="utf-8").partition("\n")[0])["format"] == FORMAT
    assert list(read_trace(tmp_path / "copy.ndjson")) == RECORDS


def test_trace_of_a_later_version_is_refused_by_its_number(tmp_path: Path) -> None:
    file = trace(tmp_path, [{"record": "nothing that is known", "time": 2}], FORMAT + 1)

    with pytest.raises(UsageError, match=rf"has format {FORMAT + 1}; this version reads up to {FORMAT}$"):
        read_trace(file)


@pytest.mark.parametrize("written", [0, -1])
def test_format_that_never_was_is_refused(tmp_path: Path, written: int) -> None:
    with pytest.raises(UsageError, match=rf"has format {written}"):
        read_trace(trace(tmp_path, [], written))


def test_message_keeps_connection_channel_and_retain_where_it_is_left_in_its_file(tmp_path: Path) -> None:
    large = Received(2.0, "s", b"x" * 9_000_000, retain=False)
    late: list[Record] = [Received(3.0, "s", b"1", retain=True, connection="device"), replace(SENT, time=3.0)]
    with recording(tmp_path / "trace.ndjson") as recorder:
        for record in (BEGAN, large, *late):
            recorder.append(record)

    assert recorder.records[2:] == late
    heard, sent = recorder.records[2:]
    assert isinstance(heard, Received)
    assert isinstance(sent, Sent)
    assert (heard.connection, heard.retain, sent.retain) == ("device", True, True)
