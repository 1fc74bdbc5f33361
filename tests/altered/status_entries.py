"""Statuses that began when they cannot have, of a level that they should not have, or in another place."""

from collections.abc import Iterator, Sequence

from harness.payload.timestamps import parsed_timestamp, rfc3339
from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.edits import chosen, point_says, pointset_says, status_says, system_says
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_UNKNOWN = {"many_points": "no_such_point", "listed_points": "setpoint_knows_no_such_point"}
_LEVEL, _RANGE = "status.level-fits-category", "status.level-in-range"
_INVALID = "pointset.unknown-point-is-invalid"
_OTHERS, _NONE = (100, 499, 501, 800), (99, 801, "500", 500.5)  # levels, and what is none
_FOUR = Amounts((0.0, 1.0, 2.0, 3.0))
_SECOND = 1.0  # by which a clock that knows no fractions may be ahead


def _telling(take: Take, point: str) -> list[int]:
    """The states in which the point has a status."""
    points = [(key, take.message(key)["pointset"]["points"]) for key in take.states()]
    return [key for key, said in points if "status" in said.get(point, {})]


def _status(take: Take, key: int, point: str) -> Message:
    found: Message = take.message(key)["pointset"]["points"][point]["status"]
    return found


def _from(seconds: float) -> str:
    return rfc3339(round(seconds, 3))


def _begins_late(point: str) -> Alter:
    """The last status of the point began so many seconds after its state was made."""

    def alter(take: Take, seconds: float) -> Take:
        key = _telling(take, point)[-1]
        made = parsed_timestamp(take.message(key)["timestamp"]) or 0.0
        return take.edit([key], status_says(point, timestamp=_from(made + seconds)))

    return alter


def _begins_sooner(point: str, **other: object) -> Alter:
    """The second state says that it began so many seconds before the time that the first gave."""

    def alter(take: Take, seconds: float) -> Take:
        first, second = _telling(take, point)[:2]
        began = parsed_timestamp(_status(take, first, point)["timestamp"]) or 0.0
        return take.edit([second], status_says(point, timestamp=_from(began - seconds), **other))

    return alter


def _last(point: str, *edits: Edit) -> Alter:
    """The last state with a status of the point says it, in one of these ways."""
    return lambda take, amount: take.edit(_telling(take, point)[-1:], edits[int(amount) % len(edits)])


def _levels(point: str, *levels: object) -> Alter:
    return _last(point, *(status_says(point, level=level) for level in levels))


def _any_state(*edits: Edit) -> Alter:
    return lambda take, amount: take.edit(chosen(take.states(), amount), edits[int(amount) % len(edits)])


def _every_state(*edits: Edit) -> Alter:
    return lambda take, amount: take.edit(take.states(), edits[int(amount) % len(edits)])


def _trouble(category: str, level: int, about: str = "Something") -> Message:
    return {"message": f"{about} is so", "category": category, "level": level, "timestamp": "2026-01-01T00:00:00Z"}


def _times() -> Iterator[Alteration]:
    for scenario, point in _UNKNOWN.items():
        judged = f"test_status_has_the_time_of_its_condition[{scenario}]"
        for name, effect, amounts in (
            ("begins a second late at most", _KEEPS, Amounts((0.0, HAIR, _SECOND))),
            ("begins later than its state", _BREAKS, Amounts((_SECOND + HAIR, 60.0))),
        ):
            yield Alteration(name, judged, scenario, effect, _begins_late(point), amounts)
    judged, point = "test_status_has_the_time_of_its_condition[many_points]", _UNKNOWN["many_points"]
    sooner, another = _begins_sooner(point), _begins_sooner(point, message=f"Point {point}: who?")
    yield Alteration("began sooner than it had", judged, "many_points", _BREAKS, sooner, Amounts((HAIR, 60.0)))
    yield Alteration("another began sooner", judged, "many_points", _KEEPS, another, Amounts((HAIR, 60.0)))


def _normal() -> Iterator[Alteration]:
    unknown = _UNKNOWN["many_points"]
    for scenario, right, wrong in (
        ("many_points", _levels(unknown, *_NONE), _levels(unknown, *_OTHERS)),
        ("listed_points", None, _levels(_UNKNOWN["listed_points"], *_OTHERS)),
        ("stale_write", _levels_of_stale(*_NONE), _levels_of_stale(*_OTHERS)),
    ):
        judged = f"test_every_level_is_the_normal_one_of_its_category[{scenario}]"
        yield Alteration("another level", judged, scenario, _BREAKS, wrong, _FOUR, frozenset({_LEVEL, _INVALID}))
        if right:
            yield Alteration("no level", judged, scenario, _KEEPS, right, _FOUR, frozenset({_LEVEL, _RANGE}))
    level, uneven = "test_every_level_is_one_that_has_a_name", _levels(unknown, 501, 450)
    yield Alteration("has no name", level, "many_points", _BREAKS, uneven, Amounts((0.0, 1.0)), frozenset({_LEVEL}))


def _levels_of_stale(*levels: object) -> Alter:
    def alter(take: Take, amount: float) -> Take:
        point = take.write("stale").point
        return take.edit(_telling(take, point)[-1:], status_says(point, level=levels[int(amount)]))

    return alter


def _places() -> Iterator[Alteration]:
    where, point = "test_every_status_stands_where_it_belongs", _UNKNOWN["many_points"]
    wrong = (
        point_says(point, status=_trouble("system.config.parse", 500, f"Point {point}")),
        point_says(point, status=_trouble("system.auth.fail", 400, f"Point {point}")),
        pointset_says(status=_trouble("pointset.point.failure", 500)),
        pointset_says(status=_trouble("system.config.parse", 500)),
    )
    right = (
        system_says(status=_trouble("pointset.point.failure", 500)),
        system_says(status=_trouble("system.config.parse", 500)),
        point_says(point, status=_trouble("system.base.start", 300, f"Point {point}")),
        pointset_says(status=_trouble("pointset.point.nominal", 200)),
    )
    yield Alteration("stands elsewhere", where, "many_points", _BREAKS, _last(point, *wrong), _FOUR)
    yield Alteration("may stand there", where, "many_points", _KEEPS, _last(point, *right), _FOUR)


def _devices() -> Iterator[Alteration]:
    well = "test_device_that_is_left_alone_has_nothing_wrong"
    for name, effect, levels in (
        ("something is wrong", _BREAKS, (400, 500, 800)),
        ("something is so", _KEEPS, (399, 300, 200)),
    ):
        says = [system_says(status=_trouble("system.base.start", level)) for level in levels]
        yield Alteration(name, well, "idle_configs", effect, _any_state(*says), ANYWHERE)
    sums = "test_status_of_the_device_sums_up_those_of_its_points"
    graver = [system_says(status=_trouble("system.config.parse", level)) for level in (800, 400)]
    yield Alteration("is as grave, or less", sums, "many_points", _BREAKS, _every_state(*graver), Amounts((0.0, 1.0)))


STATUS_ENTRIES: Sequence[Alteration] = (*_times(), *_normal(), *_places(), *_devices())
