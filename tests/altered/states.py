"""States that say something else than they must, of the device, of the pointset, or of a point."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.altered.alteration import ONCE, Alter, Alteration, Amounts, Effect
from tests.altered.edits import (
    GONE,
    following,
    mode_is,
    point_says,
    pointset_says,
    provoked,
    reports,
    sent,
    system_says,
    watched,
)
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_WHOLE = ("plain_write", "many_points", "changed_units", "expiring_writes")
_CHANGES, _SAME = "etag.changes-with-state", "config.unsolicited-state-names-the-same"


def _row(
    name: str,
    judgement: str,
    scenario: str,
    alter: Alter,
    *also: str,
    effect: Effect = _BREAKS,
    amounts: Amounts = ONCE,
    hides: tuple[str, ...] = (),
) -> Alteration:
    return Alteration(name, judgement, scenario, effect, alter, amounts, frozenset(also), frozenset(hides))


def _last_state(*edits: Edit) -> Alter:
    """The last state of the scenario says it, in one of these ways."""
    return lambda take, amount: take.edit(take.states()[-1:], edits[int(amount) % len(edits)])


def _lacks_a_point(message: Message) -> None:
    points = message["pointset"]["points"]
    del points[next(iter(points))]


def _lacks(block: str) -> Edit:
    return lambda message: message.pop(block)


def _whole_states() -> Iterator[Alteration]:
    for scenario in _WHOLE:
        judged = f"test_states_are_whole[{scenario}]"
        named = "config.last-config-is-its-timestamp"
        yield _row("a point is missing", judged, scenario, _last_state(_lacks_a_point), _CHANGES)
        yield _row("the system is missing", judged, scenario, _last_state(_lacks("system")), named, _SAME)
        yield _row("the pointset is missing", judged, scenario, _last_state(_lacks("pointset")))
    others = (
        system_says(last_config=GONE),
        system_says(last_config="2001-02-03T04:05:06Z"),
        system_says(last_config="yesterday"),
        lambda message: message["system"].update(last_config=message["timestamp"]),
    )
    for scenario in (*_WHOLE, "write_before_telemetry"):
        judged = f"test_last_config_stays_a_timestamp_of_a_config[{scenario}]"
        amounts = Amounts(tuple(map(float, range(len(others)))))
        yield _row("names no config", judged, scenario, _last_state(*others), _SAME, amounts=amounts)


def _flags() -> Iterator[Alteration]:
    judged, scenario = "test_device_flags_that_it_is_updating", "write_before_telemetry"
    yield _row("flags nothing", judged, scenario, lambda take, _: take.edit(take.states(), mode_is("active")))
    units = "test_change_of_units_is_reported_without_a_config"

    def only_when_asked(take: Take, _amount: float) -> Take:
        stimulus = provoked(take, "units changed")
        return take.without(take.states(stimulus, following(take, stimulus)))

    yield _row("only when asked", units, "changed_units", only_when_asked)


def _silent(label: str) -> Alter:
    """Nothing answers the config, and it was waited for."""

    def alter(take: Take, _amount: float) -> Take:
        start = sent(take, label)
        end = following(take, start)
        return watched(take.without(take.states(start, end)), end, 22)

    return alter


def _named_otherwise(label: str) -> Alter:
    """The state that answers the config names another instant, a second off."""

    def alter(take: Take, _amount: float) -> Take:
        start = sent(take, label)
        states = take.states(start, following(take, start))
        return take.edit(states, system_says(last_config="2001-02-03T04:05:06Z"))

    return alter


def _answers() -> Iterator[Alteration]:
    five, named, answered = "config.is-answered-in-5-s", "config.last-config-is-its-timestamp", "config.is-answered"
    yield _row("silence", "test_config_that_changes_nothing_is_answered", "idle_configs", _silent("idle"), five)
    yield _row(
        "silence", "test_config_that_changes_nothing_is_answered_within_5_s", "idle_configs", _silent("idle"), answered
    )
    yield _row("silence", "test_last_config_of_a_burst_is_answered", "idle_configs", _silent("burst 5"))
    for judged, scenario, label in (
        ("test_last_config_is_the_timestamp_of_the_config", "plain_write", "write"),
        ("test_last_config_is_the_timestamp_of_a_config_that_changes_nothing", "idle_configs", "idle"),
    ):
        yield _row("names something else", judged, scenario, _named_otherwise(label), five, answered)
    for judged, scenario, label in (
        ("test_config_with_a_bad_write_is_taken_up", "refused_values", "write beyond"),
        ("test_config_with_many_bad_writes_is_taken_up", "many_points", "write"),
    ):
        yield _row("names something else", judged, scenario, _named_otherwise(label), named)


def _first(keys: list[int]) -> list[int]:
    return keys[:1]


def _says(
    label: str, fields: dict[str, Any], which: Callable[[list[int]], list[int]] = lambda keys: keys[-1:]
) -> Alter:
    """The chosen reports of the write say it."""
    return lambda take, _: take.edit(which(reports(take, label)), point_says(take.write(label).point, **fields))


def _value_states() -> Iterator[Alteration]:
    last: dict[str, Any] = {"value_state": "updating"}
    yield _row(
        "is not what it was", "test_write_with_a_stop_time_goes_on_when_that_comes", "odd_fields", _says("easing", last)
    )
    yield _row(
        "is invalid",
        "test_what_becomes_of_a_write_without_etag_is_written_down",
        "write_without_etag",
        _says("without", {"value_state": "invalid"}),
    )
    yield _row(
        "is over",
        "test_write_that_the_new_config_repeats_goes_on",
        "abandoned_write",
        _says("kept", {"value_state": GONE}),
    )
    yield _row("is begun anew", "test_redelivered_config_leaves_the_write_applied", "plain_write", _begun_anew)


def _unwritten() -> Iterator[Alteration]:
    yield _row(
        "has a value_state",
        "test_misspelt_set_value_gets_no_value_state",
        "odd_fields",
        _says("misspelt", {"value_state": "invalid"}),
    )
    yield _row(
        "has a value_state",
        "test_write_that_comes_too_late_gets_no_value_state",
        "past_expiry",
        _says("beside", {"value_state": "invalid"}),
    )
    yield _row(
        "is over",
        "test_config_that_comes_too_late_leaves_the_write_before_it_in_force",
        "past_expiry",
        _says("late", {"value_state": GONE}),
    )
    yield _row(
        "a neighbour is applied",
        "test_point_that_is_not_written_has_no_value_state",
        "plain_write",
        _neighbour("first"),
    )
    yield _row(
        "a neighbour is invalid",
        "test_point_that_a_stale_config_does_not_write_stays_as_it_is",
        "stale_write",
        _neighbour("stale"),
    )


def _words() -> Iterator[Alteration]:
    known, documented = "test_value_state_is_one_of_the_schema", "test_value_state_is_one_of_the_documents"
    words = {"value_state": "busy"}, {"value_state": "initializing"}
    yield _row("is busy", known, "many_points", _says("stuck", words[0], _first), "writeback.value-state-is-documented")
    yield _row(
        "is initializing",
        known,
        "many_points",
        _says("stuck", words[1], _first),
        "writeback.value-state-is-documented",
        effect=_KEEPS,
    )
    yield _row("is initializing", documented, "many_points", _says("stuck", words[1], _first))


def _begun_anew(take: Take, _amount: float) -> Take | None:
    """A state after the redelivery says that the write is on its way."""
    again = [key for key in reports(take, "first") if key > sent(take, "redelivered")]
    busy = point_says(take.write("first").point, value_state="updating")
    return take.edit(again[-1:], busy).edit(again[-1:], pointset_says(state_etag="another")) if again else None


def _neighbour(label: str) -> Alter:
    """A state says something of a point that the config does not write."""

    def alter(take: Take, _amount: float) -> Take:
        start, end = sent(take, label), following(take, sent(take, label))
        points = take.message(start)["pointset"]["points"]
        other = next(name for name, point in points.items() if "set_value" not in point)
        return take.edit(take.states(start, end)[-1:], point_says(other, value_state="invalid"))

    return alter


STATES: Sequence[Alteration] = (*_whole_states(), *_flags(), *_answers(), *_value_states(), *_unwritten(), *_words())
