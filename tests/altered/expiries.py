"""Writes that end before their time, or with the time of another one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from harness.payload.timestamps import rfc3339
from harness.record.kinds import Received
from tests.altered.alteration import HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.edits import ABSENT, GONE, put, reports, span
from tests.altered.take import Take, replaced

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_ALL = frozenset({"expiry.ends-the-write", "expiry.ends-every-write"})


def _ends(label: str) -> Alter:
    """The state that the write is over comes so many seconds before its time is up."""

    def alter(take: Take, seconds: float) -> Take | None:
        expiry = take.write(label).expiry
        key = next(key for key in reports(take, label, ABSENT) if key > expiry.place)
        moment = round(expiry.earliest - seconds, 3)
        if moment == take.time(key):
            return take
        before = [take.time(state) for state in take.states() if state < key]
        return take.moved(key, moment) if moment >= before[-1] + 0.9 else None

    return alter


def _ends_with(label: str, brief: str) -> Alter:
    """So many seconds after the time of the one write was up, a state says that the other is over."""

    def alter(take: Take, seconds: float) -> Take | None:
        end, point = span(take, label)[1], take.write(label).point
        key = [state for state in take.states() if state < end][-1]
        moment = round(take.write(brief).expiry.earliest + seconds, 3)
        behind = [own for own, record in take.entries if record.time <= moment and own < end]
        record, message = take.record(key), take.message(key)
        assert isinstance(record, Received)
        message["timestamp"] = rfc3339(moment)
        put(message["pointset"]["points"][point], value_state=GONE)
        message["pointset"]["state_etag"] = "over"
        if moment >= take.time(end):
            return None
        return take.insert(behind[-1], replace(replaced(record, message), time=moment))

    return alter


def _rows() -> Iterator[Alteration]:
    at_once, early = Amounts((0.0,)), Amounts((HAIR,), st.floats(HAIR, 0.1))
    lasts = "test_write_lasts_until_it_expires"
    yield Alteration("ends when it expires", lasts, "expiring_writes", _KEEPS, _ends("first"), at_once)
    yield Alteration("ends before it expires", lasts, "expiring_writes", _BREAKS, _ends("first"), early, _ALL)
    for judgement, scenario, label, brief in (
        ("test_later_expiry_replaces_the_earlier_one", "replaced_expiry", "lasting", "brief"),
        (
            "test_expiry_of_a_replaced_value_does_not_end_the_new_one",
            "rewritten_before_expiry",
            "lasting",
            "brief",
        ),
        (
            "test_expiry_of_a_replaced_value_does_not_end_a_new_one_on_its_way",
            "rewritten_before_expiry",
            "anew",
            "brief",
        ),
        ("test_expiry_of_a_released_write_does_not_end_a_later_one", "released_before_expiry", "later", "write"),
    ):
        after = Amounts((0.0, 4.0), st.floats(0, 5))
        yield Alteration("ends with the other's time", judgement, scenario, _BREAKS, _ends_with(label, brief), after)


EXPIRIES: Sequence[Alteration] = tuple(_rows())
