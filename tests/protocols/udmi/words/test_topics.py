"""The topics of one device, and the owner of a topic."""

import pytest

from harness.protocols.udmi.words.topics import UDMI, Topics, device_of


def test_topics_of_a_device_stand_below_its_own() -> None:
    assert Topics.of("AHU-1", UDMI) == Topics(
        config="/devices/AHU-1/config",
        state="/devices/AHU-1/state",
        telemetry="/devices/AHU-1/events/pointset",
        system="/devices/AHU-1/events/system",
    )


def test_scheme_says_where_the_device_stands() -> None:
    assert Topics.of("AHU-1", "/r/site/d/{id}").state == "/r/site/d/AHU-1/state"


@pytest.mark.parametrize("device", ["{id}", "{}", "{0}", "%s", "\\1", "a b", "é"])
def test_name_of_a_device_is_taken_as_it_is(device: str) -> None:
    assert Topics.of(device, UDMI).config == f"/devices/{device}/config"


def test_scheme_may_name_the_device_twice_or_hold_other_braces() -> None:
    assert Topics.of("AHU-1", "{id}/{other}/{id}").state == "AHU-1/{other}/AHU-1/state"


def test_topics_of_two_devices_differ() -> None:
    assert Topics.of("AHU-1", UDMI) != Topics.of("AHU-2", UDMI)


@pytest.mark.parametrize(
    ("topic", "scheme", "device"),
    [
        ("/devices/AHU-1/state", "/devices/{id}", "AHU-1"),
        ("/devices/AHU-1/events/pointset", "/devices/{id}", "AHU-1"),
        ("/devices/AHU-1/commands/reboot", "/devices/{id}", "AHU-1"),
        ("site.a/AHU-1/d/AHU-1/config", "site.a/{id}/d/{id}", "AHU-1"),
        ("site.a/AHU-1/d/AHU-2/config", "site.a/{id}/d/{id}", None),
        ("siteXa/AHU-1/d/AHU-1/config", "site.a/{id}/d/{id}", None),
        ("/devices/AHU-1/uptime", "/devices/{id}", None),
        ("/devices/AHU-1/statement", "/devices/{id}", None),
        ("/devices/floor/AHU-1/state", "/devices/{id}", None),
        ("acme/devices/AHU-1/state", "/devices/{id}", None),
        ("/devices//state", "/devices/{id}", None),
        ("", "/devices/{id}", None),
        ("/devices/AHU-1/events/\n", "/devices/{id}", "AHU-1"),
    ],
)
def test_topic_is_of_the_device_that_its_scheme_names(topic: str, scheme: str, device: str | None) -> None:
    assert device_of(topic, scheme) == device
