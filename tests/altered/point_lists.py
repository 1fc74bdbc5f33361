"""Points that a config lists, or does not: reports that become right too late, and a point that nobody knows."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect, up_to
from tests.altered.deadlines import Deadline, config_sent, pausing
from tests.altered.edits import chosen, following, said_again, sent, status_says
from tests.altered.take import Edit, Message, Take

Reports: TypeAlias = Callable[[Take, int, int], list[int]]

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_LIMIT = 20.0
_NOBODY = "setpoint_knows_no_such_point"
_LEVEL, _CATEGORY = "status.level-fits-category", "status.category-fits-value-state"


def states(take: Take, after: int, before: int) -> list[int]:
    """Those between."""
    return take.states(after, before)


def _telemetry(take: Take, after: int, before: int) -> list[int]:
    return take.telemetry(after, before)


def wrong_until(label: str, reports: Reports, wrong: Edit) -> Alter:
    """Such a report is wrong so many seconds after the config, and a second later one is right."""

    def alter(take: Take, seconds: float) -> Take:
        start = sent(take, label)
        end = following(take, start)
        right, moment = reports(take, start, end)[-1], take.time(start) + seconds
        take = take.pause(end, max(0.0, moment + 2 - take.time(end)))
        return said_again(said_again(take, right, moment, wrong), right, moment + 1)

    return alter


def settling(judgement: str, scenario: str, label: str, reports: Reports, wrong: Edit) -> Iterator[Alteration]:
    """An error at the limit was on its way; one after it was not."""
    alter = wrong_until(label, reports, wrong)
    some = Amounts((_LIMIT - 0.5, _LIMIT))
    yield Alteration("wrong up to the limit", judgement, scenario, _KEEPS, alter, some)
    yield Alteration(
        "wrong for longer",
        judgement,
        scenario,
        _BREAKS,
        lambda take, seconds: alter(take, _LIMIT + 2 * take.allowance + HAIR + seconds),
        up_to(30),
    )


def _blocks(message: Message) -> dict[str, dict[str, object]]:
    """The points of a state or of telemetry."""
    points: dict[str, dict[str, object]] = message.get("pointset", message)["points"]
    return points


def _lacks(number: int) -> Edit:
    """One of its points."""

    def edit(message: Message) -> None:
        points = _blocks(message)
        del points[list(points)[number]]

    return edit


def _has(point: str) -> Edit:
    """One point more."""
    return lambda message: _blocks(message).update({point: {}})


def _shows(point: str) -> Edit:
    return lambda message: message["points"].update({point: {"present_value": 1}})


def _found(take: Take) -> int:
    """The first state in which the unknown point has a status."""
    start = sent(take, "one too many")
    points = [(key, _blocks(take.message(key))) for key in take.states(start)]
    return next(key for key, said in points if "status" in said.get(_NOBODY, {}))


def _in_trouble(*edits: Edit) -> Alter:
    """A message about the unknown point, whenever it is."""
    return lambda take, amount: take.edit(take.states(), edits[int(amount)])


def _is_shown(take: Take, amount: float) -> Take | None:
    """In a telemetry that surely left after the config had come."""
    start = sent(take, "one too many")
    surely = take.time(start) + 2 * take.allowance
    keys = [key for key in take.telemetry(start, following(take, start)) if take.time(key) >= surely]
    return take.edit(chosen(keys, amount), _shows(_NOBODY)) if keys else None


def _unknown() -> Iterator[Alteration]:
    found = "test_unknown_point_has_a_status_of_an_error"
    yield from Deadline(found, "listed_points", config_sent("one too many"), pausing(_found), _LIMIT).rows()
    for name, judgement, says, also in (
        (
            "of another category",
            "test_status_of_an_unknown_point_is_of_the_category_invalid",
            [{"category": word} for word in ("pointset.point.failure", "pointset.point.invali", "", 7)],
            _LEVEL,
        ),
        (
            "of another level",
            "test_status_of_an_unknown_point_is_of_level_500",
            [{"level": level} for level in (501, 600, 800)],
            _LEVEL,
        ),
    ):
        each = Amounts(tuple(map(float, range(len(says)))))
        alter = _in_trouble(*(status_says(_NOBODY, **fields) for fields in says))
        yield Alteration(name, judgement, "listed_points", _BREAKS, alter, each, frozenset({also, _CATEGORY}))
    shown = "test_unknown_point_is_not_in_telemetry"
    yield Alteration("is shown", shown, "listed_points", _BREAKS, _is_shown, ANYWHERE)


def _rows() -> Iterator[Alteration]:
    for judgement, label, reports, wrong in (
        ("test_state_lists_the_few_points_of_the_config", "few", states, _lacks(0)),
        ("test_telemetry_shows_the_few_points_of_the_config", "few", _telemetry, _lacks(0)),
        ("test_state_lists_no_other_points", "few", states, _has("pump_mode")),
        ("test_telemetry_shows_no_other_points", "few", _telemetry, _shows("pump_mode")),
        ("test_unknown_point_is_gone_once_it_is_no_longer_listed", "all again", states, _has(_NOBODY)),
        ("test_dropped_points_are_in_the_state_again", "all again", states, _lacks(-1)),
        ("test_dropped_points_are_in_telemetry_again", "all again", _telemetry, _lacks(-1)),
    ):
        yield from settling(judgement, "listed_points", label, reports, wrong)
    yield from _unknown()


POINT_LISTS: Sequence[Alteration] = tuple(_rows())
