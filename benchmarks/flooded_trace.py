"""A trace with a flood of hostile messages in the middle of one scenario: on the device's topics, and beside them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from harness.payload.timestamps import rfc3339
from harness.record.kinds import Closed, Done, Received, Record, Sent
from harness.record.lines import to_line
from harness.record.trace import read_trace

_TOPICS = ("state", "events/pointset", "events/system", "events/pointset/more", "config", "events/x")
_BYTES = 5_000  # of a message, at most


def write_flooded_trace(calm: Path, file: Path, messages: int) -> None:
    """The records of a calm trace, and so many messages more, at the end of the scenario in the middle."""
    records = read_trace(calm)
    closed = [place for place, record in enumerate(records) if isinstance(record, Closed)]
    at = closed[len(closed) // 2]
    with file.open("w", encoding="utf-8") as lines:
        for record in _flooded(records, at, messages):
            lines.write(to_line(record) + "\n")


def _flooded(records: Sequence[Record], at: int, messages: int) -> Iterator[Record]:
    yield from records[:at]
    device = next(record.topic for record in records if isinstance(record, Sent)).rsplit("/", 1)[0]
    since, until = records[at - 1].time, records[at].time
    seeded = Random(1)  # noqa: S311 - the same flood each time
    for number in range(messages):
        time = since + (until - since) * number / messages
        yield Received(time, f"{device}/{seeded.choice(_TOPICS)}", _payload(seeded, time), retain=False)
    for record in records[at:]:
        moved = isinstance(record, Done) and record.of >= at
        yield replace(record, of=record.of + messages) if moved and isinstance(record, Done) else record


def _payload(seeded: Random, time: float) -> bytes:
    """No JSON, or JSON of the wrong types, or as it should be and too much of it."""
    size, kind = seeded.randrange(_BYTES), seeded.randrange(5)
    if kind <= 1:
        return seeded.randbytes(size) if kind else b"x" * size
    names = [f"{seeded.getrandbits(32):x}" for _ in range(size // 80)]
    fields: dict[str, object] = {"timestamp": rfc3339(round(time, 3)), "version": seeded.choice(_VERSIONS)}
    if kind == _STRANGE:
        fields |= {name: [None] for name in names}
    elif kind == _ENTRIES:
        fields["logentries"] = [{"message": name, "level": name, "category": "x", **fields} for name in names]
        fields["points"] = {name: {"present_value": seeded.random()} for name in names}
    else:
        points = {name: {"value_state": name, "status": {"message": name, "level": 500}} for name in names}
        fields["pointset"] = {"points": points}
    return json.dumps(fields).encode()


_STRANGE, _ENTRIES = 2, 3
_VERSIONS: tuple[object, ...] = (1, None, [], "1.5.7", -1e300)
