"""The lines of a UDMI device's log."""

import pytest

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, Mend, Move, Override, Release, Restart
from harness.protocols.udmi.words.messages import (
    Config,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    Telemetry,
    ValueState,
)
from simulator.udmi.events import Event, Reconnected
from simulator.udmi.standalone.message_lines import of_config, of_event, of_state, of_telemetry
from tests.udmi_1_5 import decode_config

NOON = 1_767_268_800.0  # 2026-01-01T12:00:00Z
ESCAPE = "\x1b[31mred\r\nforged \u202eline"


def state(**points: ValueState | None) -> State:
    """One with these value_states."""
    listed = {name: PointState(value_state) for name, value_state in points.items()}
    return State(NOON, "1", None, PointsetState("e", listed))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Override("damper"), "override   damper"),
        (Release("damper"), "release    damper"),
        (Break("damper"), "break      damper"),
        (Mend("damper"), "mend       damper"),
        (ChangeUnits("damper", "Pascals", ""), "units      damper is in Pascals now"),
        (Move("damper", value=False, before=True), "value      damper shows false by itself"),
        (Restart(), "restart"),
        (Reconnected(), None),
    ],
)
def test_event_is_said_in_a_few_words(event: Event, said: str | None) -> None:
    assert of_event(event) == said


def test_config_is_said_with_what_it_sets() -> None:
    points = {"damper": PointConfig(set_value=30.0), "fan": PointConfig(set_value=True), "pump": PointConfig()}

    said = of_config(Config(NOON, "1", PointsetConfig(etag="abc", points=points)))

    assert said == "config     of 2026-01-01T12:00:00Z sets damper=30.0, fan=true; for etag 'abc'"


def test_config_that_sets_nothing_is_said_to() -> None:
    assert of_config(Config(NOON)) == "config     of 2026-01-01T12:00:00Z sets nothing"


def test_config_with_many_points_is_said_in_short() -> None:
    points = {f"p{number}": PointConfig(set_value=number) for number in range(9)}

    assert of_config(Config(NOON, "1", PointsetConfig(points=points))).endswith("p5=5, and 3 more")


def test_config_is_said_with_what_is_amiss() -> None:
    said = of_config(decode_config(b'{"timestamp": 7, "pointset": 8}'))

    assert said == "config     of no time sets nothing; amiss: pointset is 8; expected an object (+1)"


def test_state_is_said_with_what_changed() -> None:
    before = state(damper=ValueState.UPDATING, fan=ValueState.APPLIED, pump=None)
    after = state(damper=ValueState.APPLIED, fan=ValueState.APPLIED, pump=ValueState.INVALID)

    said = of_state(after, before, sent=True)

    assert said == "state      damper updating -> applied, pump none -> invalid"


def test_state_in_which_nothing_changed_is_said_to_be_as_before() -> None:
    assert of_state(state(damper=None), state(damper=None), sent=True) == "state      as before"


def test_first_state_is_said_to_be_the_first() -> None:
    assert of_state(state(damper=None), None, sent=True) == "state      the first"


def test_what_is_lost_or_kept_is_said_to_be() -> None:
    lost = "(lost: the link is down) "

    assert of_state(state(), state(), sent=False) == f"state      {lost}as before"
    assert of_telemetry(Telemetry(readings={"damper": 1}), sent=False) == "telemetry  (kept: the link is down) damper=1"


def test_telemetry_is_said_in_short() -> None:
    said = of_telemetry(Telemetry(readings={"damper": 1.5, "fan": True, "pump": "hand"}), sent=True)

    assert said == "telemetry  damper=1.5, fan=true, pump='hand'"


@pytest.mark.parametrize(
    "said",
    [
        of_config(Config(NOON, "1", PointsetConfig(ESCAPE, points={ESCAPE: PointConfig(set_value=ESCAPE)}))),
        of_config(
            Config(
                NOON,
                "1",
                PointsetConfig(IllTyped([ESCAPE]), points={"x": PointConfig(set_value=IllTyped({ESCAPE: 1}))}),
            )
        ),
        of_config(decode_config(f'{{"timestamp": "{chr(92)}u001b[31m", "pointset": []}}'.encode())),
        of_event(Override(ESCAPE)),
        of_event(ChangeUnits(ESCAPE, ESCAPE, "")),
        of_event(Move(ESCAPE, ESCAPE, ESCAPE)),
        of_state(state(**{ESCAPE: ValueState.APPLIED}), state(), sent=True),
        of_telemetry(Telemetry(readings={ESCAPE: ESCAPE}), sent=True),
    ],
)
def test_hostile_words_stay_words(said: str) -> None:
    assert said.isprintable()
