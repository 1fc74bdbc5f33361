"""Alterations that concern no clause: whatever is judged, the verdict stays."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from harness.payload.timestamps import parsed_timestamp, rfc3339
from harness.record.kinds import Done, Received, Sent
from tests.altered.alteration import ANYWHERE, Alter, Alteration, Amounts, Effect
from tests.altered.take import Edit, Message, Take, expiry_of, replaced, stamps

_APART = 1.0  # seconds that states keep


def _everywhere(edit: Edit) -> Alter:
    """The same edit of all that the device said."""
    return lambda take, _amount: take.edit(take.states() + take.telemetry(), edit)


def _some(choose: Callable[[Take], Sequence[int]], alter: Callable[[Take, int], Take]) -> Alter:
    """At a few records, chosen at random."""

    def altered(take: Take, amount: float) -> Take | None:
        chance, keys = Random(amount), choose(take)  # noqa: S311 - no secret
        chosen = chance.sample(keys, min(len(keys), 3))
        for key in chosen:
            take = alter(take, key)
        return take if chosen else None

    return altered


def _spelt(spell: Callable[[float], str]) -> Edit:
    def edit(message: Message) -> None:
        for where, name in list(stamps(message)):
            instant = parsed_timestamp(where[name])
            if instant is not None:
                where[name] = spell(instant)

    return edit


def _with_more_fields(message: Message) -> None:
    """At every level, fields that nobody knows."""
    message["upgraded_from"] = "1"
    for name in ("system", "pointset", "points"):
        part = message.get(name, {})
        for point in part.get("points", part).values() if name != "system" else [part]:
            point["x_vendor"] = {"since": [1, None, "2"]}


def _in_another_order(message: Message) -> None:
    fields = dict(reversed(message.items()))
    message.clear()
    message.update(fields)


def _redelivered(take: Take, key: int) -> Take:
    record = take.record(key)
    return take.insert(key, record)


def _retained(take: Take, key: int) -> Take:
    record = take.record(key)
    assert isinstance(record, Received)
    return take.insert(key, replace(record, retain=True))


def _shown_again(take: Take, key: int) -> Take:
    """A little later, and nothing has changed."""
    return _again(take, key, 0.0, lambda _message: None)


def _shown_in_part(take: Take, key: int) -> Take:
    def partial(message: Message) -> None:
        name, reading = next(iter(message["points"].items()))
        message.update(points={name: reading}, partial_update=True)

    return _again(take, key, 0.0, partial)


def _said_again(take: Take, key: int) -> Take:
    """A second after the state, and a second before whatever comes then."""
    following = next(own for own, _ in take.entries if own > key)
    return _again(take.pause(following, 2 * _APART), key, _APART, lambda _message: None)


def _again(take: Take, key: int, seconds: float, edit: Edit) -> Take:
    record = take.record(key)
    assert isinstance(record, Received)
    message = json.loads(record.payload)
    message["timestamp"] = rfc3339(round((parsed_timestamp(message["timestamp"]) or 0.0) + seconds + 0.001, 3))
    edit(message)
    return take.insert(key, replace(replaced(record, message), time=record.time + seconds))


def _calm(take: Take) -> Sequence[int]:
    """States after which the next thing to happen is a config, and no write's time is nearly up."""
    following = dict(pairwise(key for key, _ in take.entries))
    expiries = [expiry_of(record) for _, record in take.entries if isinstance(record, Sent)]

    def is_calm(key: int) -> bool:
        now = take.time(key)
        near = any(expiry is not None and now < expiry < now + 60 for expiry in expiries)
        return not near and isinstance(take.record(following[key]), Sent)

    return [key for key in take.states() if is_calm(key)]


def _jitter(take: Take, amount: float) -> Take:
    """Every message is up to 0.09 s late, and none overtakes."""
    chance = Random(amount)  # noqa: S311 - no secret
    entries = list(take.entries)
    for at, ((key, record), (_, following)) in enumerate(pairwise(entries)):
        if isinstance(record, Received):
            late = min(0.09 * chance.random(), max(0.0, following.time - record.time))
            entries[at] = (key, replace(record, time=round(record.time + late, 6)))
    return replace(take, entries=tuple(entries))


def _acknowledged_late(take: Take, amount: float) -> Take | None:
    """The PUBACK of a config comes after what the device said at the same instant."""
    entries, swapped = list(take.entries), 0
    for at, ((key, record), (later_key, later)) in enumerate(pairwise(take.entries)):
        if isinstance(record, Done) and isinstance(later, Received) and record.time == later.time:
            entries[at : at + 2] = [(later_key, later), (key, record)]
            swapped += 1
    del amount
    return replace(take, entries=tuple(entries)) if swapped else None


def _shifted(take: Take, amount: float) -> Take:
    """Some other day."""
    return take.pause(take.entries[0][0], amount * 3600)


def _states(take: Take) -> Sequence[int]:
    return take.states()


def _telemetry(take: Take) -> Sequence[int]:
    return take.telemetry()


def _both(take: Take) -> Sequence[int]:
    return take.states() + take.telemetry()


def _row(name: str, alter: Alter, amounts: Amounts = ANYWHERE, *but: str, also: str = "") -> Alteration:
    """It cannot help breaking the requirement `also`, of which the judgements `but` ask."""
    return Alteration(name, "*", "*", Effect.KEEPS, alter, amounts, frozenset({also}), but=frozenset(but))


_LIMIT = "telemetry.keeps-its-limit"
_LIMITED = ("test_complete_telemetry_keeps_its_limit", "test_telemetry_of_a_point_that_moves_keeps_its_limit")
_REGULAR = ("test_metrics_come_at_the_rate_that_is_asked_for",)  # they wait for the pause that the state is said in

HARMLESS = (
    _row(
        "fields that nobody knows",
        _everywhere(_with_more_fields),
        Amounts(),
        "test_telemetry_is_what_its_schema_promises",
        "test_states_have_no_fields_that_their_schema_does_not_know",
    ),
    _row("fields in another order", _everywhere(_in_another_order), Amounts()),
    _row(
        "instants with an offset",
        _everywhere(_spelt(lambda at: rfc3339(at + 5400).replace("Z", "+01:30"))),
        Amounts(),
        "test_timestamps_are_utc",
    ),
    _row(
        "instants in nanoseconds",
        _everywhere(_spelt(lambda at: rfc3339(at).replace("Z", ".000000000Z") if at == int(at) else rfc3339(at))),
        Amounts(),
    ),
    _row("instants in small letters", _everywhere(_spelt(lambda at: rfc3339(at).lower())), Amounts()),
    _row("delivered twice", _some(_both, _redelivered)),
    _row("a retained copy beside it", _some(_both, _retained)),
    _row("telemetry twice as often", _some(_telemetry, _shown_again), ANYWHERE, *_LIMITED, also=_LIMIT),
    _row("a part of the telemetry besides", _some(_telemetry, _shown_in_part), ANYWHERE, *_LIMITED, also=_LIMIT),
    _row("a state that says the same again", _some(_calm, _said_again), ANYWHERE, *_REGULAR, also="logging.metrics"),
    _row("late by a little", _jitter),
    _row("a PUBACK after the answer", _acknowledged_late),
)
