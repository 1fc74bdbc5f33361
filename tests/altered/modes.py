"""A device's mode, and a start anew: too late, as something else, untold, or again and again."""

from collections.abc import Callable, Iterator, Sequence

from harness.payload.timestamps import parsed_timestamp, rfc3339
from tests.altered.alteration import HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.deadlines import Deadline, Key, config_sent, pausing
from tests.altered.edits import GONE, following, provoked, put, sent
from tests.altered.take import Edit, Take

_BREAKS, _KEEPS, _HIDES = Effect.BREAKS, Effect.KEEPS, Effect.HIDES
_ONCE = "mode.restart-happens-once"
_WATCHED = 7.0  # seconds in which one that obeys a retained restart has started once more


def _says(**fields: object) -> Edit:
    return lambda message: put(message["system"]["operation"], **fields)


def _said(take: Take, key: int, name: str) -> object:
    found: object = take.message(key)["system"]["operation"].get(name)
    return found


def _at(label: str, mode: str) -> Key:
    """The first state after the config in which the device is at it."""
    return lambda take: next(key for key in take.states(sent(take, label)) if _said(take, key, "mode") == mode)


def _asked(take: Take) -> int:
    return sent(take, "restart")


def _cut(take: Take) -> int:
    return provoked(take, "power cut")


def _started(take: Take, since: Key) -> list[int]:
    """The states of the device that has started anew, up to the next config."""
    stimulus = since(take)
    before = _said(take, take.states(-1, stimulus)[-1], "last_start")
    return [key for key in take.states(stimulus, following(take, stimulus)) if _said(take, key, "last_start") != before]


def _first(since: Key, *edits: Edit) -> Alter:
    """The first state after the start says it, in one of these ways."""
    return lambda take, amount: take.edit(_started(take, since)[:1], edits[int(amount)])


def _all(since: Key, says: Callable[[Take, int], Edit]) -> Alter:
    """Every state after the start says it; it depends on what was said before."""

    def alter(take: Take, _amount: float) -> Take:
        stimulus = since(take)
        later = [key for key in take.states(stimulus) if key >= _started(take, since)[0]]
        return take.edit(later, says(take, take.states(-1, stimulus)[-1]))

    return alter


def _same(name: str) -> Callable[[Take, int], Edit]:
    """The mode before the start, or nothing where that was nothing."""
    return lambda take, before: _says(**{name: _said(take, before, name)})


def _barely_later(take: Take, before: int) -> Edit:
    was = parsed_timestamp(str(_said(take, before, "last_start"))) or 0.0
    return _says(last_start=rfc3339(round(was + HAIR, 3)))


def _again(*edits: Edit) -> Alter:
    """The last state before the next config says it."""

    def alter(take: Take, amount: float) -> Take | None:
        started = _started(take, _asked)
        return take.edit(started[-1:], edits[int(amount)]) if len(started) > 1 else None

    return alter


def _watched(take: Take, seconds: float) -> Take:
    """The next config comes so many seconds after the device has started."""
    first, end = _started(take, _asked)[0], sent(take, "active again")
    shown = [key for key, _ in take.entries if first < key < end and take.time(key) > take.time(first) + seconds]
    more = take.time(first) + seconds - take.time(end)
    return take.without(shown).pause(end, round(more, 6))


def _rows() -> Iterator[Alteration]:
    for judgement, label, mode in (
        ("test_device_that_is_to_be_active_is", "active", "active"),
        ("test_device_that_was_restarted_can_be_made_active_again", "active again", "active"),
        ("test_restart_is_announced", "restart", "restart"),
    ):
        yield from Deadline(judgement, "modes", config_sent(label), pausing(_at(label, mode)), 20).rows()
    for judgement, told, scenario, stimulus in (
        ("test_device_is_initial_after_a_restart_by_config", "test_restart_by_config_is_told", "modes", _asked),
        ("test_device_is_initial_after_a_power_cut", "test_power_cut_is_told", "restart_by_hand", _cut),
    ):
        others = _says(mode="active"), _says(mode="updating"), _says(mode="restart"), _says(mode="Initial")
        amounts = Amounts(tuple(map(float, range(len(others)))))
        also = frozenset({_ONCE})
        yield Alteration("is another thing", judgement, scenario, _BREAKS, _first(stimulus, *others), amounts, also)
        count = _all(stimulus, _same("restart_count"))
        yield Alteration("does not count", told, scenario, _BREAKS, count)
        silent = _all(stimulus, lambda _take, _before: _says(restart_count=GONE))
        yield Alteration("counts nothing", told, scenario, _KEEPS, silent)
        yield Alteration("has barely started", told, scenario, _KEEPS, _all(stimulus, _barely_later))
    told = "test_restart_by_config_is_told"
    yield Alteration("started when it did before", told, "modes", _BREAKS, _all(_asked, _same("last_start")))
    gone = _all(_asked, lambda _take, _before: _says(last_start=GONE))
    yield Alteration("does not say when", told, "modes", _BREAKS, gone)
    once = "test_restart_happens_once"
    both = _says(mode="restart"), _says(last_start="2030-01-01T00:00:00Z")
    yield Alteration("starts again", once, "modes", _BREAKS, _again(*both), Amounts((0.0, 1.0)))
    yield Alteration("watched for long", once, "modes", _KEEPS, _watched, Amounts((_WATCHED,)))
    yield Alteration("watched too briefly", once, "modes", _HIDES, _watched, Amounts((_WATCHED - HAIR,)))


MODES: Sequence[Alteration] = tuple(_rows())
