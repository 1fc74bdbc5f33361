"""Changes that telemetry is to tell of before its time, and changes that it is not to tell of."""

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from tests.altered.alteration import HAIR, ONCE, Alter, Alteration, Amounts, Effect
from tests.altered.deadlines import Deadline, pausing
from tests.altered.edits import provoked, reports, said_again, sent, shows
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_PACE = frozenset({"telemetry.complete-in-spite-of-parts"})
_PROMPTLY = 5.0


def _told(take: Take, after: int, point: str, value: object) -> int:
    """The first telemetry after that key in which the point has the value."""
    return next(
        key for key in take.telemetry(after) if take.message(key)["points"].get(point, {}).get("present_value") == value
    )


def _moved(take: Take) -> int:
    change = take.episode.move("moved")
    return _told(take, change.stimulus.place, change.point, change.value)


def _written(take: Take) -> int:
    write = take.write("second")
    return _told(take, write.stimulus.place, write.point, write.value)


def _since_applied(take: Take) -> float:
    return take.time(reports(take, "second", "applied")[0]) - take.allowance


def _shows_what_was(take: Take, _amount: float) -> Take:
    """Telemetry shows on and on what the point was before, for longer than anybody would wait."""
    start, end = provoked(take, "moved"), provoked(take, "moved back")
    before = take.episode.move("at first")
    shown = take.edit(take.telemetry(start, end), shows(before.point, before.value))
    return shown.pause(end, _PROMPTLY + 2 + 2 * take.allowance)


def _shows_what_was_between(take: Take, _amount: float) -> Take:
    """The telemetry that was held back shows what the point was when it became due."""
    between = take.episode.move("moved back")
    shown = take.telemetry(provoked(take, "moved again"))
    return take.edit(shown[:1], shows(between.point, between.value))


def _alone(point: str, value: object) -> Edit:
    """Telemetry of the point alone, which says that it is partial."""

    def edit(message: Message) -> None:
        message.update(points={point: {"present_value": value}}, partial_update=True)

    return edit


def _in_part(label: str, ways: float) -> Alter:
    """Telemetry of the point alone comes so many seconds after its change, when messages have gone some ways."""

    def alter(take: Take, seconds: float) -> Take:
        is_write = label == "again"
        change = take.episode.written(label) if is_write else take.episode.move(label)
        key = sent(take, label) if is_write else provoked(take, label)
        moment = take.time(key) + ways * take.allowance + seconds
        return said_again(take, take.telemetry(-1, key)[-1], moment, _alone(change.point, change.value))

    return alter


def _rows() -> Iterator[Alteration]:
    moved = "test_change_of_more_than_an_increment_is_told"
    yield from Deadline(
        moved,
        "moved_point",
        lambda take: take.time(provoked(take, "moved")),
        pausing(_moved),
        _PROMPTLY,
        1,
        along=_PACE,
    ).rows()
    yield Alteration("is never told", moved, "moved_point", _BREAKS, _shows_what_was, ONCE, _PACE)
    coalesced = "test_changes_within_the_limit_are_told_with_the_latest_value"
    yield Alteration("an older value", coalesced, "moved_point", _BREAKS, _shows_what_was_between)
    written = "test_write_that_changes_the_point_is_told"
    yield from Deadline(written, "told_writes", _since_applied, pausing(_written), _PROMPTLY).rows()
    soon, perhaps = Amounts((HAIR, 1.0), st.floats(HAIR, 2)), Amounts((0.0, 1.0 - HAIR), st.floats(0, 0.9))
    for judgement, scenario, label in (
        ("test_change_of_less_than_an_increment_waits", "moved_point", "moved by little"),
        ("test_write_that_changes_nothing_is_not_told", "told_writes", "again"),
    ):
        told, left = _in_part(label, 2), _in_part(label, 0)
        yield Alteration("is told in part", judgement, scenario, _BREAKS, told, soon)
        yield Alteration("may have left before", judgement, scenario, _KEEPS, left, perhaps, allowances=(1.0,))


CHANGES: Sequence[Alteration] = tuple(_rows())
