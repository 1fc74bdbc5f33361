"""The parts of alterations: the place in a take where something was said, and other words for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from harness.payload.timestamps import parsed_timestamp, rfc3339
from harness.record.kinds import Provoked, Received, Sent
from tests.altered.take import Edit, Message, Take, replaced

GONE = object()  # in place of a value: the field is not there
ABSENT = None  # no value_state


def sent(take: Take, label: str) -> int:
    """The key of the config of that label, or of the last one with a write of it."""
    configs = [(key, take.record(key)) for key in take.keys(Sent)]
    named = [key for key, config in configs if isinstance(config, Sent) and config.label == label]
    return named[0] if named else take.write(label).stimulus.place


def provoked(take: Take, label: str) -> int:
    """The key of the provocation of that label."""
    records = [(key, take.record(key)) for key in take.keys(Provoked)]
    return next(key for key, record in records if isinstance(record, Provoked) and record.label == label)


def following(take: Take, key: int) -> int:
    """The key of the next config, or of the end."""
    return next((later for later in take.keys(Sent) if later > key), take.close)


def naming(take: Take, label: str) -> int:
    """The first state whose last_config is the timestamp of that config."""
    key = sent(take, label)
    stamp = take.message(key)["timestamp"]
    return next(state for state in take.states(key) if last_config(take, state) == parsed_timestamp(stamp))


def last_config(take: Take, key: int) -> float | None:
    """The timestamp that the state names, in Unix seconds."""
    return parsed_timestamp(take.message(key)["system"].get("last_config", ""))


def span(take: Take, label: str) -> tuple[int, int]:
    """Between which keys the write is followed."""
    write = take.write(label)
    return write.stimulus.place, min(write.end, take.close)


def reports(take: Take, label: str, *words: str | None) -> list[int]:
    """The states that say one of these of the write, or anything at all."""
    write = take.write(label)
    states = [report.heard.place for report in write.reports()]
    return [key for key in states if not words or word(take, key, write.point) in words]


def word(take: Take, key: int, point: str) -> str | None:
    """The value_state of the point in that state."""
    said: str | None = take.message(key)["pointset"]["points"].get(point, {}).get("value_state")
    return said


def readings(take: Take, label: str, after: int | None = None) -> list[int]:
    """The telemetry that came while the write was followed, or from a later key on."""
    start, end = span(take, label)
    return take.telemetry(start if after is None else after, end)


def point_says(point: str, **fields: object) -> Edit:
    """Other fields in what a state says of the point."""
    return lambda message: put(message["pointset"]["points"].setdefault(point, {}), **fields)


def status_says(point: str, **fields: object) -> Edit:
    """Other fields in the point's status, if it has one."""

    def edit(message: Message) -> None:
        status = message["pointset"]["points"].get(point, {}).get("status")
        if status is not None:
            put(status, **fields)

    return edit


def pointset_says(**fields: object) -> Edit:
    """Other fields in the pointset's block."""
    return lambda message: put(message["pointset"], **fields)


def system_says(**fields: object) -> Edit:
    """Other fields in the system's block."""
    return lambda message: put(message["system"], **fields)


def mode_is(mode: str) -> Edit:
    """The mode that the device reports."""
    return lambda message: put(message["system"]["operation"], mode=mode)


def shows(point: str, value: object) -> Edit:
    """Another value in telemetry that has the point."""

    def edit(message: Message) -> None:
        if point in message["points"]:
            message["points"][point]["present_value"] = value

    return edit


def said_again(take: Take, key: int, moment: float, edit: Edit = lambda _message: None) -> Take:
    """The message of that key once more, at that moment, behind all that had come by then; in other words, maybe."""
    record, message = take.record(key), {**take.message(key), "timestamp": rfc3339(round(moment, 3))}
    assert isinstance(record, Received)
    edit(message)
    place = [own for own, other in take.entries if other.time <= moment][-1]
    return take.insert(place, replace(replaced(record, message), time=round(moment, 6)))


def put(block: dict[str, Any], **fields: object) -> None:
    """Each field gets its value; GONE takes it out."""
    for name, value in fields.items():
        if value is GONE:
            block.pop(name, None)
        else:
            block[name] = value


def watched(take: Take, key: int, seconds: float) -> Take:
    """So much more time passes before this record: nothing is missing for want of patience."""
    return take.pause(key, seconds + 2 * take.allowance)


def all_of(*alters: Callable[[Take], Take]) -> Callable[[Take, float], Take]:
    """One after the other."""

    def altered(take: Take, _amount: float) -> Take:
        for alter in alters:
            take = alter(take)
        return take

    return altered


def chosen(keys: Sequence[int], amount: float) -> Iterable[int]:
    """One of them."""
    return [keys[int(amount) % len(keys)]] if keys else []
