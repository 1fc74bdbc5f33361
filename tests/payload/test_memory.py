"""The memory of payloads, and its room."""

from harness.payload.memory import Remembered

_MB = 1024 * 1024


def test_large_payload_is_worked_on_once_while_there_is_room() -> None:
    made: list[bytes] = []
    remembered = Remembered(lambda payload: made.append(payload), small=10)  # noqa: PLW0108 - it gives None

    for payload in [_of(number, size=50_000) for number in range(100)] * 3:
        remembered(payload)

    assert len(made) == 100


def test_payload_that_was_asked_for_longest_ago_makes_room() -> None:
    made: list[bytes] = []
    remembered = Remembered(lambda payload: made.append(payload), small=10)  # noqa: PLW0108 - it gives None

    for number in (*range(7), 6, 0):
        remembered(_of(number, size=_MB))

    assert [payload[:1] for payload in made] == [b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"0"]


def test_weight_of_what_is_made_takes_room_too() -> None:
    made: list[bytes] = []
    remembered = Remembered(lambda payload: made.append(payload), small=10, weigh=lambda _made: 4 * _MB)  # noqa: PLW0108

    for number in (0, 1, 0):
        remembered(_of(number, size=5_000))

    assert len(made) == 3


def _of(number: int, size: int) -> bytes:
    return f"{number}".encode() + b"x" * size
