"""How often, and how many: a second between states, a handful of answers to a burst, telemetry that comes first."""

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from harness.payload.timestamps import rfc3339
from tests.altered.alteration import HAIR, Alteration, Amounts, Effect
from tests.altered.edits import naming, put, reports, said_again, sent, span, system_says
from tests.altered.take import Take

_SPACED = ("idle_configs", "superseded_write", "plain_write", "many_points", "changed_units", "stale_write")
_UPDATING = "writeback.updating-in-time"
_KEEPS, _BREAKS, _HIDES = Effect.KEEPS, Effect.BREAKS, Effect.HIDES


def _another_state(take: Take, gap: float) -> Take:
    """The last state says the same again, so many seconds later."""
    key = take.states()[-1]
    following = next(own for own, _ in take.entries if own > key)
    return said_again(take.pause(following, 5), key, take.time(key) + gap)


def _held_up(take: Take, gap: float) -> Take:
    """Likewise, though it left a second after the other: by its own stamp, that was held up on its way."""
    key = take.states()[-1]
    made = rfc3339(round(take.time(key) + gap - 1, 3))
    return _another_state(take, gap).edit([key], lambda message: put(message, timestamp=made))


def _queue(take: Take, length: float) -> Take:
    """After the burst, so many of its earlier configs are answered one by one before the last is."""
    answer = naming(take, "burst 5")
    due = take.time(answer)
    take = take.pause(answer, length)
    for number in range(int(length)):
        named = take.message(sent(take, f"burst {number + 1}"))["timestamp"]
        take = said_again(take, answer, due + number, system_says(last_config=named))
    return take


def _telemetry_first(take: Take, ahead: float) -> Take | None:
    """Telemetry comes so long after it may still have been sent before the write; `updating` two seconds after that."""
    stimulus, point = span(take, "late")[0], take.write("late").point
    found, shown = reports(take, "late", "updating")[0], take.telemetry(-1, stimulus)[-1]
    moment = take.time(stimulus) + 2 * take.allowance + ahead
    if any(take.telemetry(stimulus, found)) or point not in take.message(shown)["points"]:
        return None
    take = take.pause(found, max(0.0, moment + 2 - take.time(found)))
    behind = next(key for key, _ in reversed(take.entries) if key < found)
    return said_again(take, shown, moment) if take.time(behind) <= moment else None


def _early(take: Take, seconds: float) -> Take | None:
    """The write that never settles is a failure after so many seconds already."""
    found = reports(take, "stuck", "failure")[0]
    moment = take.time(span(take, "stuck")[0]) + seconds
    others = [take.time(key) for key in take.states() if key != found]
    return take.moved(found, moment) if all(abs(other - moment) >= 1 for other in others) else None


def _spaced() -> Iterator[Alteration]:
    for scenario in _SPACED:
        name = "test_states_keep_a_second_apart"
        jitter, anything = Amounts((0.9, 1.0), st.floats(0.9, 1)), Amounts((0.0, 1.0), st.floats(0, 1))
        too_close = Amounts((HAIR, 0.89), st.floats(HAIR, 0.89))
        for what, effect, alter, amounts, allowance in (
            ("a second apart, or nearly", _KEEPS, _another_state, jitter, 0.0),
            ("closer than that", _BREAKS, _another_state, too_close, 0.0),
            ("closer than that by their own stamps", _BREAKS, _another_state, too_close, 1.0),
            ("the network explains it", _KEEPS, _held_up, anything, 1.0),
        ):
            where = f"{what}, in {scenario}"
            # another pause between samples may hide the older of two writes
            hides = frozenset(_OLDER_WRITE if scenario == "superseded_write" else ())
            yield Alteration(where, name, scenario, effect, alter, amounts, hides=hides, allowances=(allowance,))
    burst = "test_configs_of_a_burst_are_not_answered_one_by_one"
    yield Alteration("two earlier answers", burst, "idle_configs", _KEEPS, _queue, Amounts((0.0, 1.0, 2.0)))
    yield Alteration("more earlier answers", burst, "idle_configs", _BREAKS, _queue, Amounts((3.0, 4.0)))


def _before_telemetry() -> Iterator[Alteration]:
    late = "test_unsettled_write_is_updating_before_the_next_telemetry"
    yield Alteration(
        "telemetry of before",
        late,
        "write_before_telemetry",
        _KEEPS,
        _telemetry_first,
        Amounts((0.0,)),
    )
    yield Alteration(
        "telemetry came first",
        late,
        "write_before_telemetry",
        _BREAKS,
        _telemetry_first,
        Amounts((HAIR,), st.floats(HAIR, 0.9)),
    )


def _failing_early() -> Iterator[Alteration]:
    for failure in ("test_unsettled_write_is_a_failure_after_a_minute", "test_time_to_failure_is_written_down"):
        for name, effect, between, allowance in (
            ("no sooner than 55 s", _KEEPS, (55.0, 59.9), 0.0),
            ("no sooner than 55 s", _KEEPS, (57.0, 59.9), 1.0),
            ("sooner than 55 s", _BREAKS, (48.0, 55 - HAIR), 0.0),
            ("sooner than 55 s", _BREAKS, (48.0, 55 - HAIR), 1.0),
            ("perhaps sooner than 55 s", _HIDES, (55.0, 57 - HAIR), 1.0),
        ):
            also = frozenset({"writeback.failure-after-a-minute"}) if effect is _BREAKS else frozenset[str]()
            hides = frozenset({"writeback.failure-after-a-minute", "writeback.documented-time-to-failure"})
            amounts = Amounts(between, st.floats(*between))
            yield Alteration(name, failure, "many_points", effect, _early, amounts, also, hides, (allowance,))


_OLDER_WRITE = ("config.new-config-abandons-old", "writeback.new-value-supersedes")
RATES: Sequence[Alteration] = (*_spaced(), *_before_telemetry(), *_failing_early())
