"""Where the messages of one device live."""

import pytest

from harness.wire.topics import Topics


def test_topics_of_a_device_stand_below_its_own() -> None:
    assert Topics.of("AHU-1") == Topics(
        config="/devices/AHU-1/config",
        state="/devices/AHU-1/state",
        telemetry="/devices/AHU-1/events/pointset",
        system="/devices/AHU-1/events/system",
    )


def test_scheme_says_where_the_device_stands() -> None:
    assert Topics.of("AHU-1", "/r/site/d/{id}").state == "/r/site/d/AHU-1/state"


@pytest.mark.parametrize("device", ["{id}", "{}", "{0}", "%s", "\\1", "a b", "é"])
def test_name_of_a_device_is_taken_as_it_is(device: str) -> None:
    assert Topics.of(device).config == f"/devices/{device}/config"


def test_scheme_may_name_the_device_twice_or_hold_other_braces() -> None:
    assert Topics.of("AHU-1", "{id}/{other}/{id}").state == "AHU-1/{other}/AHU-1/state"


def test_topics_of_two_devices_differ() -> None:
    assert Topics.of("AHU-1") != Topics.of("AHU-2")
