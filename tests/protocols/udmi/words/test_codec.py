"""Messages to bytes and back."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import (
    Config,
    Message,
    Mode,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    Status,
    SystemConfig,
    SystemEvent,
    SystemState,
    Telemetry,
    ValueState,
)
from tests.protocols.udmi.words.messages import CONFIGS, STATES, TELEMETRY
from tests.protocols.udmi.words.whole_messages import CONFIG as WHOLE_CONFIG
from tests.protocols.udmi.words.whole_messages import STATE as WHOLE_STATE
from tests.protocols.udmi.words.whole_messages import SYSTEM_EVENT as WHOLE_EVENT
from tests.protocols.udmi.words.whole_messages import TELEMETRY as WHOLE_TELEMETRY
from tests.udmi_1_5 import decode_config, decode_state, decode_system_event, decode_telemetry, encode

NEW_YEAR = 1_767_225_600.0  # 2026-01-01T00:00:00Z
STUCK = Status("is stuck", "c", 500, NEW_YEAR + 2, "d")
STATE = State(
    NEW_YEAR + 3.25,
    "1.5.7",
    SystemState(
        last_config=NEW_YEAR + 1,
        operational=True,
        mode=Mode.ACTIVE,
        updating=False,
        serial_no="SN-1",
        make="Acme",
        model="M-1",
        software={"firmware": "2.0"},
        status=STUCK,
        last_start=NEW_YEAR - 1,
        restart_count=2,
    ),
    PointsetState(
        "e1",
        {
            "damper": PointState(ValueState.FAILURE, STUCK, "Percent"),
            "valve": PointState(ValueState.APPLIED, None, "Percent"),
        },
        STUCK,
    ),
    addresses={"ipv4": "192.0.2.7"},
)
CONFIG = Config(
    NEW_YEAR,
    "1.5.7",
    PointsetConfig(
        "e0",
        NEW_YEAR + 3600,
        10,
        {
            "damper": PointConfig(30.0, "Percent", NEW_YEAR + 1800, {"ste_value": 1}, 0.5, "analog-value/1"),
            "valve": PointConfig("open"),
        },
        2,
    ),
    SystemConfig(200, 5, Mode.ACTIVE),
)
EVENT = SystemEvent(NEW_YEAR + 3, "1.5.7", (STUCK,), {"system_load": 0.5}, 7)
TELEMETRIES = Telemetry(NEW_YEAR + 3, "1.5.7", {"damper": 30.0, "valve": "open"}, partial=False)


def _json(message: Message) -> Any:  # noqa: ANN401 - whatever stands on the wire
    return json.loads(encode(message))


def test_state_is_read_field_by_field() -> None:
    assert decode_state(json.dumps(WHOLE_STATE).encode()) == STATE


def test_config_is_read_field_by_field() -> None:
    assert decode_config(json.dumps(WHOLE_CONFIG).encode()) == CONFIG


def test_event_of_the_system_is_read_field_by_field() -> None:
    assert decode_system_event(json.dumps(WHOLE_EVENT).encode()) == EVENT


def test_entry_that_is_no_object_is_read_as_it_is_and_listed() -> None:
    event = decode_system_event(b'{"logentries": [{"level": 100}, 3, null]}')

    assert event.entries == (Status(level=100), IllTyped(3), IllTyped(None))
    assert [str(problem) for problem in event.problems] == [
        "logentries.1 is 3; expected an object",
        "logentries.2 is None; expected an object",
    ]


def test_fields_of_a_config_that_nobody_knows_are_listed_by_where_they_stand() -> None:
    config = decode_config(b'{"one": 1, "version": "1.5.7", "system": {"two": 2}, "pointset": {"three": 3}}')

    assert (config.unknown, config.problems) == (("one", "system.two", "pointset.three"), ())


def test_telemetry_is_read_field_by_field() -> None:
    assert decode_telemetry(json.dumps(WHOLE_TELEMETRY).encode()) == TELEMETRIES


@pytest.mark.parametrize(
    ("message", "whole"),
    [(STATE, WHOLE_STATE), (CONFIG, WHOLE_CONFIG), (TELEMETRIES, WHOLE_TELEMETRY), (EVENT, WHOLE_EVENT)],
)
def test_message_is_written_as_it_would_be_read(message: Message, whole: object) -> None:
    assert _json(message) == whole


@given(STATES)
@settings(derandomize=True, deadline=None, database=None)
def test_state_survives_the_wire(state: State) -> None:
    assert decode_state(encode(state)) == state


@given(CONFIGS)
@settings(derandomize=True, deadline=None, database=None)
def test_config_survives_the_wire(config: Config) -> None:
    assert decode_config(encode(config)) == config


@given(TELEMETRY)
@settings(derandomize=True, deadline=None, database=None)
def test_telemetry_survives_the_wire(telemetry: Telemetry) -> None:
    assert decode_telemetry(encode(telemetry)) == telemetry


def test_whole_numbers_of_a_config_go_out_as_integers() -> None:
    pointset = PointsetConfig(sample_rate_sec=2.0, sample_limit_sec=0.5, points={"a": PointConfig(cov_increment=3.0)})
    config = Config(pointset=pointset, system=SystemConfig(metrics_rate_sec=5.0))

    assert b'"sample_rate_sec":2,' in encode(config)
    assert b'"sample_limit_sec":0.5' in encode(config)
    assert b'"cov_increment":3}' in encode(config)
    assert b'"metrics_rate_sec":5}' in encode(config)


def test_value_goes_out_as_the_profile_spells_it() -> None:
    points = {"a": PointConfig(set_value=18.0), "b": PointConfig(set_value=18)}

    assert encode(Config(pointset=PointsetConfig(points=points))).endswith(
        b'"points":{"a":{"set_value":18.0},"b":{"set_value":18}}}}'
    )


@pytest.mark.parametrize("message", [State(), Config(), Telemetry()], ids=lambda message: type(message).__name__)
def test_what_is_missing_is_not_written(message: Message) -> None:
    assert _json(message) in ({}, {"points": {}})


def test_config_that_lists_no_points_differs_from_one_that_leaves_them_open() -> None:
    assert decode_config(encode(Config(pointset=PointsetConfig(points={})))) != Config(pointset=PointsetConfig())


def test_odd_content_is_written_as_it_is() -> None:
    state = State(
        version=IllTyped(["1", 5]), system=SystemState(software={"firmware": IllTyped(2)}, make=IllTyped(None))
    )

    assert _json(state) == {"version": ["1", 5], "system": {"software": {"firmware": 2}, "hardware": {"make": None}}}


def test_field_that_no_specification_knows_is_written_even_if_it_is_null() -> None:
    config = Config(pointset=PointsetConfig(points={"damper": PointConfig(others={"ste_value": None})}))

    assert _json(config) == {"pointset": {"points": {"damper": {"ste_value": None}}}}


def test_message_is_one_line_of_ascii() -> None:
    payload = encode(State(version="°C\n\x1b[31m\ud800"))

    assert payload.isascii()
    assert payload.decode().isprintable()


@pytest.mark.parametrize("name", ["self", "name", "", "a.b", "set_value", "\x1b[31m"])
def test_point_may_have_any_name(name: str) -> None:
    state = State(pointset=PointsetState(points={name: PointState(ValueState.APPLIED)}))

    assert decode_state(encode(state)) == state


def test_point_that_is_no_object_is_listed_as_one_that_says_something_odd() -> None:
    state = decode_state(b'{"pointset": {"points": {"damper": "applied", "valve": {"value_state": "applied"}}}}')

    assert state.points == {"damper": PointState(IllTyped("applied")), "valve": PointState(ValueState.APPLIED)}


def test_reading_that_is_no_object_is_odd_even_if_it_is_a_value() -> None:
    telemetry = decode_telemetry(b'{"points": {"damper": 30.0, "valve": {"present_value": 50.0}}}')

    assert telemetry.readings == {"damper": IllTyped(30.0), "valve": 50.0}


def test_point_without_a_reading_has_none() -> None:
    assert decode_telemetry(b'{"points": {"damper": {}}}').readings == {"damper": None}


@pytest.mark.parametrize("word", ["APPLIED", "Applied", " applied", "applied ", "busy", "", "ValueState.APPLIED"])
def test_unknown_value_state_is_odd_and_listed_with_the_known_ones(word: str) -> None:
    state = decode_state(json.dumps({"pointset": {"points": {"damper": {"value_state": word}}}}).encode())

    assert state.point("damper").value_state == IllTyped(word)
    assert str(state.problems[0]) == (
        f"pointset.points.damper.value_state is {word!r}; "
        "expected one of initializing, applied, updating, overridden, invalid, failure"
    )


@pytest.mark.parametrize("word", ["ACTIVE", "busy", ""])
def test_unknown_mode_is_odd_and_listed_with_the_known_ones(word: str) -> None:
    state = decode_state(json.dumps({"system": {"operation": {"mode": word, "operational": True}}}).encode())

    assert state.system == SystemState(mode=IllTyped(word), operational=True)
    assert state.problems[0].expected == "one of initial, active, updating, restart, terminate, shutdown"


@pytest.mark.parametrize("word", [*ValueState])
def test_known_value_state_is_read(word: ValueState) -> None:
    state = decode_state(json.dumps({"pointset": {"points": {"damper": {"value_state": word}}}}).encode())

    assert state.point("damper").value_state is word


def test_level_with_a_fraction_of_nothing_is_an_integer() -> None:
    assert decode_state(b'{"system": {"status": {"level": 500.0}}}').system == SystemState(status=Status(level=500))


def test_value_that_is_true_is_not_the_number_1() -> None:
    config = decode_config(b'{"pointset": {"points": {"damper": {"set_value": true}}}}')

    assert config.pointset is not None
    assert config.pointset.points is not None
    assert config.pointset.points["damper"].set_value is True


def test_problems_do_not_make_messages_differ() -> None:
    assert decode_state(b'{"version": 1, "system": 2}') == State(version=IllTyped(1))
