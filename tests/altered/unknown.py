"""Fields that a device need not know, or of a wrong type: it is upset by them, or late, or takes them otherwise."""

from collections.abc import Iterator, Sequence

from tests.altered.alteration import Alter, Alteration, Amounts, Effect
from tests.altered.deadlines import Deadline, Key, config_sent, pausing
from tests.altered.edits import following, naming, point_says, pointset_says, put, sent, system_says
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_EXTRAS = ("in the message", "in system", "in pointset", "in a point")
_ODDITIES = ("a pointset that is text", "a sample rate that is text", "a set_value that is a list")
_OPERATIONAL = frozenset({"config.device-is-operational"})


def _trouble(level: int) -> Message:
    return {"message": "It is odd", "category": "device.odd", "timestamp": "2026-01-01T00:00:00Z", "level": level}


def _does_not_work(message: Message) -> None:
    put(message["system"]["operation"], operational=False)


def _told(level: int) -> Sequence[Edit]:
    """Of the device, of its pointset, of a point."""
    status = _trouble(level)
    return system_says(status=status), pointset_says(status=status), point_says("pump_mode", status=status)


def _answer(label: str) -> Key:
    return lambda take: naming(take, label)


def _answered(label: str, *edits: Edit) -> Alter:
    """All that follows the config says it, up to the next."""

    def alter(take: Take, amount: float) -> Take:
        start = sent(take, label)
        return take.edit(take.states(start, following(take, start)), edits[int(amount)])

    return alter


def _rows() -> Iterator[Alteration]:
    for extra in _EXTRAS:
        taken, scenario = f"test_config_with_an_unknown_field_is_taken_up[{extra}]", "unknown_fields"
        yield from Deadline(taken, scenario, config_sent(extra), pausing(_answer(extra)), 20).rows()
        upset = f"test_unknown_field_upsets_nobody[{extra}]"
        errors, notes = _answered(extra, *_told(400), _does_not_work), _answered(extra, *_told(399))
        four, three = Amounts((0.0, 1.0, 2.0, 3.0)), Amounts((0.0, 1.0, 2.0))
        yield Alteration("tells of an error", upset, scenario, _BREAKS, errors, four, _OPERATIONAL)
        yield Alteration("tells of no error", upset, scenario, _KEEPS, notes, three)
    for oddity in _ODDITIES:
        taken = f"test_config_with_a_field_of_the_wrong_type[{oddity}]"
        others = point_says("pump_mode", status=_trouble(500)), system_says(last_config="2001-02-03T04:05:06Z")
        amounts = Amounts((0.0,) if oddity == _ODDITIES[0] else (0.0, 1.0))  # that one is not named as it is
        yield Alteration("is taken otherwise", taken, "unknown_fields", _BREAKS, _answered(oddity, *others), amounts)


UNKNOWN: Sequence[Alteration] = tuple(_rows())
