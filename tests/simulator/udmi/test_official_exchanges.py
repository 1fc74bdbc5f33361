"""The exchanges of UDMI's own tests, and what those look at: with `--expiry optional` our device stands them all."""

from datetime import datetime
from itertools import pairwise

import pytest

from simulator.standalone.variant_choice import variation_of
from simulator.udmi.rules.expiry import Expiry
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY
from tests.simulator.udmi.back_end import AT, BackEnd

SETPOINT, SLOW, FAULTY, READ_ONLY = (
    "supply_air_temperature_setpoint",
    "cooling_valve_position",
    "pump_mode",
    "supply_air_temperature",
)
RECEIVED, PARSED, APPLIED = ("system.config.receive", 100), ("system.config.parse", 100), ("system.config.apply", 300)
PATIENCE = 20.0  # seconds that most of these tests wait


def at(stamp: str) -> datetime:
    """The instant of a timestamp."""
    return datetime.fromisoformat(stamp)


@pytest.mark.parametrize(
    ("point", "value", "becomes"),
    [
        (SETPOINT, 21.5, "applied"),
        (SETPOINT, 400.0, "invalid"),
        (READ_ONLY, 22.0, "invalid"),
        (FAULTY, "hand", "failure"),
    ],
)
def test_write_that_says_no_end_becomes_what_it_is_meant_to(point: str, value: object, becomes: str) -> None:
    back_end = BackEnd()
    back_end.write(point, value)
    back_end.wait(PATIENCE)

    assert back_end.value_state(point) == becomes


def test_applied_write_is_shown_until_it_is_taken_back() -> None:
    back_end = BackEnd()
    before = back_end.reading(SETPOINT)
    back_end.write(SETPOINT, 21.5)
    back_end.wait(3600)
    assert (back_end.value_state(SETPOINT), back_end.reading(SETPOINT)) == ("applied", 21.5)

    back_end.write(SETPOINT, None)
    back_end.wait(PATIENCE)
    assert (back_end.value_state(SETPOINT), back_end.reading(SETPOINT)) == (None, before)


def test_slow_write_is_updating_within_four_seconds_and_applied_within_twenty() -> None:
    back_end = BackEnd()
    back_end.write(SLOW, 40.0)
    back_end.wait(4)
    assert back_end.value_state(SLOW) in {"updating", "applied"}
    assert "updating" in [state["pointset"]["points"][SLOW].get("value_state") for state in back_end.all_of("state")]

    back_end.wait(PATIENCE)
    assert back_end.value_state(SLOW) == "applied"


def test_device_that_keeps_to_the_specification_refuses_a_write_that_says_no_end() -> None:
    back_end = BackEnd(Expiry.REQUIRED)
    back_end.write(SETPOINT, 21.5)
    back_end.wait(PATIENCE)

    assert back_end.value_state(SETPOINT) == "invalid"


def test_expiry_that_is_given_is_heeded_where_it_is_optional() -> None:
    back_end = BackEnd()
    back_end.config["pointset"]["set_value_expiry"] = "1970-01-12T13:47:30Z"  # 50 s after the device began
    back_end.write(SETPOINT, 21.5)
    back_end.run(45)
    assert back_end.value_state(SETPOINT) == "applied"

    back_end.run(60)
    assert back_end.value_state(SETPOINT) is None


def test_deviation_stays_one_where_an_expiry_is_optional() -> None:
    back_end = BackEnd(variation=variation_of("never-applied", None, among=VARIATIONS, healthy=HEALTHY))
    back_end.write(SETPOINT, 21.5)
    back_end.wait(PATIENCE)

    assert back_end.value_state(SETPOINT) != "applied"


def test_every_message_is_at_the_topics_that_it_was_given() -> None:
    back_end = BackEnd()
    back_end.wait(PATIENCE)

    assert {said.topic for said in back_end.said} == {f"{AT}/state", f"{AT}/events/pointset", f"{AT}/events/system"}


def test_config_is_answered_by_its_timestamp() -> None:
    back_end = BackEnd()
    sent = back_end.send()
    back_end.wait(2)

    assert at(back_end.state["system"]["last_config"]) == at(sent)


def test_device_says_who_it_is() -> None:
    system = BackEnd().state["system"]

    assert system["hardware"] == {"make": "Setpoint", "model": "AHU simulator"}
    assert (system["software"], system["serial_no"]) == ({"firmware": "1.0"}, "SP-0001")


def test_broken_config_is_complained_of_and_logged_and_the_next_good_one_ends_it() -> None:
    back_end = BackEnd()
    back_end.wait(5)
    good, began = back_end.state["system"]["last_config"], back_end.now
    back_end.send_nonsense()
    back_end.wait(5)

    status = back_end.state["system"]["status"]
    assert (status["category"], status["level"]) == ("system.config.parse", 500)
    assert status["message"]
    assert status["timestamp"]
    assert back_end.state["system"]["last_config"] == good
    assert back_end.logged(began) == [RECEIVED, ("system.config.parse", 500)]

    began = back_end.now + 1
    sent = back_end.send()
    back_end.wait(5)
    assert "status" not in back_end.state["system"]
    assert at(back_end.state["system"]["last_config"]) == at(sent)
    assert back_end.logged(began) == [RECEIVED, PARSED, APPLIED]


def test_config_with_fields_that_nobody_knows_is_taken_as_if_they_were_not_there() -> None:
    back_end = BackEnd()
    back_end.wait(5)
    back_end.config["system"]["extra_field"] = "reset_config"
    began = back_end.now + 1
    sent = back_end.send(extra_block={"field": 1})
    back_end.wait(5)

    system = back_end.state["system"]
    assert (at(system["last_config"]), system["operation"]["operational"], "status" in system) == (
        at(sent),
        True,
        False,
    )
    assert back_end.logged(began) == [RECEIVED, PARSED, APPLIED]


def test_every_config_is_logged_three_times() -> None:
    back_end = BackEnd()
    began = back_end.now + 1
    back_end.send()
    back_end.wait(10)

    assert back_end.logged(began) == [RECEIVED, PARSED, APPLIED]


@pytest.mark.parametrize(("least", "entries"), [(400, []), (300, [APPLIED]), (100, [RECEIVED, PARSED, APPLIED])])
def test_entries_below_the_least_level_are_not_sent(least: int, entries: list[object]) -> None:
    back_end = BackEnd()
    back_end.config["system"]["min_loglevel"] = least
    back_end.send()
    back_end.wait(5)
    began = back_end.now + 1
    back_end.send()
    back_end.wait(PATIENCE)

    assert back_end.logged(began) == entries


def test_point_that_is_taken_out_of_the_config_is_gone_until_it_is_back() -> None:
    back_end = BackEnd()
    entry = back_end.config["pointset"]["points"].pop(SETPOINT)
    back_end.send()
    back_end.wait(PATIENCE)
    assert SETPOINT not in back_end.state["pointset"]["points"]
    assert SETPOINT not in back_end.all_of("events/pointset")[-1]["points"]

    back_end.config["pointset"]["points"][SETPOINT] = entry
    back_end.send()
    back_end.wait(PATIENCE)
    assert SETPOINT in back_end.state["pointset"]["points"]
    assert SETPOINT in back_end.all_of("events/pointset")[-1]["points"]


def test_point_that_the_device_does_not_have_is_said_to_be_invalid_and_not_shown() -> None:
    back_end = BackEnd()
    back_end.config["pointset"]["points"]["extraneous_point"] = {}
    back_end.send()
    back_end.wait(PATIENCE)

    status = back_end.state["pointset"]["points"]["extraneous_point"]["status"]
    assert (status["category"], status["level"]) == ("pointset.point.invalid", 500)
    assert "extraneous_point" not in back_end.all_of("events/pointset")[-1]["points"]

    del back_end.config["pointset"]["points"]["extraneous_point"]
    back_end.send()
    back_end.wait(PATIENCE)
    assert "extraneous_point" not in back_end.state["pointset"]["points"]


@pytest.mark.parametrize(("rate", "limit"), [(8, 5), (18, 15)])
def test_telemetry_comes_between_its_limit_and_its_rate(rate: int, limit: int) -> None:
    back_end = BackEnd()
    back_end.config["pointset"] |= {"sample_rate_sec": rate, "sample_limit_sec": limit}
    back_end.send()
    began = back_end.now
    back_end.wait(100)

    times = [at(event["timestamp"]) for event in back_end.all_of("events/pointset", began)]
    gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(times)]
    assert len(gaps) >= 3
    assert all(limit <= gap <= rate for gap in gaps[1:]), gaps


def test_telemetry_has_every_point_and_numbers_are_numbers() -> None:
    back_end = BackEnd()
    back_end.wait(PATIENCE)
    shown = back_end.all_of("events/pointset")[-1]["points"]

    assert set(shown) == set(back_end.config["pointset"]["points"])
    assert isinstance(shown[SETPOINT]["present_value"], int | float)


def test_restart_by_mode_counts_one_more_and_the_first_start_counts() -> None:
    back_end = BackEnd()
    back_end.config["system"]["operation"] = {"mode": "active"}
    back_end.send()
    back_end.wait(5)
    before = back_end.state["system"]["operation"]
    assert (before["mode"], before["restart_count"] >= 1) == ("active", True)

    back_end.config["system"]["operation"] = {"mode": "restart"}
    back_end.send()
    back_end.wait(PATIENCE)
    after = back_end.state["system"]["operation"]
    assert "restart" in [state["system"]["operation"]["mode"] for state in back_end.all_of("state")]
    assert (after["mode"], after["restart_count"]) == ("initial", before["restart_count"] + 1)
    assert at(after["last_start"]) > at(before["last_start"])

    back_end.config["system"]["operation"] = {"mode": "active"}
    back_end.send()
    back_end.wait(5)
    assert back_end.state["system"]["operation"]["mode"] == "active"


def test_restart_by_hand_counts_one_more() -> None:
    back_end = BackEnd()
    before = back_end.state["system"]["operation"]["restart_count"]
    back_end.switch_off_and_on()
    back_end.wait(5)

    assert back_end.state["system"]["operation"]["restart_count"] == before + 1
