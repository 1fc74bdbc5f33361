"""How much is remembered of what was decoded, of messages that lie in the file of a trace."""

import json
import tracemalloc
from pathlib import Path

from harness.protocols.udmi.judging.decoded import Decoded
from harness.protocols.udmi.words.caching_codec import weight_of
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, Status
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Received
from harness.record.laid_aside import TraceFile
from harness.record.lines import to_line

_POINTS = {f"p{number}": PointState(status=Status(message="no")) for number in range(10_000)}
_LARGE = State(pointset=PointsetState(points=_POINTS))  # of 5 MB
_RECORD = Received(1.0, "/devices/AHU-1/state", b"{}", retain=False)


def test_message_is_decoded_once_while_there_is_room(tmp_path: Path) -> None:
    assert _decoded(tmp_path, messages=20, times=3) == 20


def test_list_of_a_flood_leaves_room_for_few_decoded(tmp_path: Path) -> None:
    assert _decoded(tmp_path, messages=20, times=3, beside=1_000_000) == 60


def test_point_at_rest_weighs_little() -> None:
    points = dict.fromkeys(_POINTS, PointState(units="Percent"))

    at_rest = State(pointset=PointsetState(points=points))

    assert weight_of(at_rest) < weight_of(_LARGE) / 5


def test_weight_of_a_large_message_is_about_what_it_takes() -> None:
    points = {f"p{number}": {"present_value": number + 0.5} for number in range(5_000)}
    payload = json.dumps({"points": points}).encode()
    decode = codec_of(Spec.UDMI_1_5).decode_telemetry
    decode(payload)  # names are kept from now on
    tracemalloc.start()
    try:
        decoded = [decode(payload) for _ in range(10)]
        takes = tracemalloc.get_traced_memory()[0] / len(decoded)
    finally:
        tracemalloc.stop()

    assert 0.8 * takes < weight_of(decoded[0]) < 1.3 * takes


def _decoded(folder: Path, messages: int, times: int, beside: int = 0) -> int:
    """How often the codec was asked."""
    trace, line = folder / "trace.ndjson", to_line(_RECORD) + "\n"
    trace.write_text(line * messages)
    file, asked = TraceFile(trace), list[bytes]()
    records = [file.lay_aside(_RECORD, number * len(line), len(line)) for number in range(messages)]
    file.messages += beside

    def decode(payload: bytes) -> State:
        asked.append(payload)
        return _LARGE

    decoded = Decoded()
    for record in records * times:
        decoded.of(record, decode)
    return len(asked)
