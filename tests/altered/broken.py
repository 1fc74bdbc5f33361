"""Configs that cannot be worked on: what a device says of them, when, and what it leaves as it was."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect, up_to
from tests.altered.deadlines import Deadline, Key, config_sent, pausing
from tests.altered.edits import GONE, chosen, following, point_says, put, sent, system_says
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_FLAWS = ("truncated", "empty", "a list", "not UTF-8", "without timestamp", "without version")
_OVER = "erroneous.is-over-with-a-good-config"
_METRICS = frozenset({"logging.metrics"})  # they are late with all else
_WARNING = 400
_SAID_WITHIN = 10.0
_RATE, _LATE = 2.0, 1.5  # seconds: what was asked for, and by how much a sample may be late


def _is_in_trouble(take: Take, key: int) -> bool:
    return bool(take.message(key)["system"].get("status", {}).get("level", 0) >= _WARNING)


def _answers(take: Take, label: str) -> list[int]:
    start = sent(take, label)
    return take.states(start, following(take, start))


def _complaint(label: str) -> Key:
    """The first state after the config that tells of an error of the device's own."""
    return lambda take: next(key for key in take.states(sent(take, label)) if _is_in_trouble(take, key))


def _relief(label: str) -> Key:
    """The first state after the config that tells of none."""
    return lambda take: next(key for key in take.states(sent(take, label)) if not _is_in_trouble(take, key))


def _answer(label: str, edit: Edit) -> Alter:
    """The last state before the next config says it."""
    return lambda take, _amount: take.edit(_answers(take, label)[-1:], edit)


def _point(label: str, *says: Message) -> Alter:
    """That state says one of these of the point that is written."""

    def alter(take: Take, amount: float) -> Take:
        fields = says[int(amount)]
        return take.edit(_answers(take, label)[-1:], point_says(take.write("writable").point, **fields))

    return alter


def _complains_of(label: str, *says: Message) -> Alter:
    """Its own status says one of these."""

    def alter(take: Take, amount: float) -> Take:
        return take.edit(
            [_complaint(label)(take)], lambda message: put(message["system"]["status"], **says[int(amount)])
        )

    return alter


def _names_itself(message: Message) -> None:
    """A timestamp that no config had."""
    message["system"]["last_config"] = message["timestamp"]


def _never_complains(label: str) -> Alter:
    """No state says that anything is wrong, for longer than anybody would wait."""

    def alter(take: Take, _amount: float) -> Take:
        fine = take.edit(_answers(take, label), system_says(status=GONE))
        end = following(take, sent(take, label))
        return fine.pause(end, _SAID_WITHIN + 2 + 2 * take.allowance)

    return alter


def _error(level: int) -> Message:
    return {
        "message": "It is so",
        "category": "pointset.point.failure",
        "timestamp": "2026-01-01T00:00:00Z",
        "level": level,
    }


def _each() -> Iterator[Alteration]:
    for flaw in _FLAWS:
        good, scenario = f"good after {flaw}", "broken_configs"
        told = f"test_config_that_cannot_be_worked_on_is_reported[{flaw}]"
        late = pausing(_complaint(flaw))
        yield from Deadline(told, scenario, config_sent(flaw), late, _SAID_WITHIN, along=_METRICS).rows()
        yield Alteration("is never told of", told, scenario, _BREAKS, _never_complains(flaw), also=_METRICS)
        others = _complains_of(flaw, {"category": "system.config.apply"}, {"level": 400}, {"level": 501})
        yield Alteration("is another thing", told, scenario, _BREAKS, others, Amounts((0.0, 1.0, 2.0)))
        for judgement in ("test_error_is_over_with_a_good_config", "test_good_config_after_it_is_taken_up"):
            over = f"{judgement}[{flaw}]"
            late = pausing(_relief(good))
            yield from Deadline(
                over, scenario, config_sent(good), late, _SAID_WITHIN, along=_METRICS, beyond=frozenset({_OVER})
            ).rows()
        named = f"test_last_config_does_not_move[{flaw}]"
        yield Alteration("is named", named, scenario, _BREAKS, _answer(flaw, _names_itself))
        force = f"test_write_before_stays_in_force[{flaw}]"
        left = _point(flaw, {"value_state": GONE}, {"value_state": "invalid"}, {"value_state": "overridden"})
        yield Alteration("is over", force, scenario, _BREAKS, left, Amounts((0.0, 1.0, 2.0)))
        begun = _point(flaw, {"value_state": "updating"})
        yield Alteration("is begun anew", force, scenario, _KEEPS, begun)
        stay = f"test_other_statuses_stay[{flaw}]"
        for name, effect, levels in (("an error", _BREAKS, (400, 500)), ("a note", _KEEPS, (399, 300))):
            says = _point(flaw, *({"status": _error(level)} for level in levels))
            yield Alteration(f"{name} on a point", stay, scenario, effect, says, Amounts((0.0, 1.0)))


def _pauses(take: Take, seconds: float) -> Take:
    """The last telemetry before the next config comes so much later than telemetry ever did, or was asked for."""
    start = sent(take, "watched")
    times = [take.time(key) for key in take.telemetry(-1, start)]
    usual = max([_RATE, *(later - one for one, later in pairwise(times))])
    before, last = take.telemetry(start, following(take, start))[-2:]
    pause = usual + seconds + take.allowance
    return take.pause(last, round(pause - (take.time(last) - take.time(before)), 6))


def started_anew(take: Take, amount: float) -> Take:
    """One state says so."""

    def edit(message: Message) -> None:
        message["system"]["operation"]["last_start"] = "2026-01-01T00:01:00Z"

    return take.edit(chosen(take.states(), amount), edit)


def _all() -> Iterator[Alteration]:
    pace, scenario = "test_telemetry_goes_on_at_its_rate", "broken_configs"
    kept, broken = up_to(1, HAIR), up_to(30)
    yield Alteration(
        "pauses for 1.5 s more",
        pace,
        scenario,
        _KEEPS,
        lambda take, less: _pauses(take, _LATE - less),
        kept,
        _METRICS,
    )
    yield Alteration(
        "pauses for more than that",
        pace,
        scenario,
        _BREAKS,
        lambda take, more: _pauses(take, _LATE + HAIR + more),
        broken,
        _METRICS,
    )
    anew = "test_device_does_not_start_anew"
    yield Alteration("starts anew", anew, scenario, _BREAKS, started_anew, ANYWHERE)


BROKEN: Sequence[Alteration] = (*_each(), *_all())
