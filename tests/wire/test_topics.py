"""Where the messages of one device live, whose a topic is, and which filters bring it."""

import pytest

from harness.wire.topics import Topics, brings, closeness, device_of


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


@pytest.mark.parametrize("topic_filter", ["a/b/c", "a/+/c", "+/+/+", "#", "a/#", "a/b/c/#"])
def test_filter_brings_what_it_fits(topic_filter: str) -> None:
    assert brings(topic_filter, "a/b/c")


@pytest.mark.parametrize("topic_filter", ["a/b", "a/+", "+", "b/#", "a/b/c/+", "a/b/c/d/#", ""])
def test_filter_brings_nothing_else(topic_filter: str) -> None:
    assert not brings(topic_filter, "a/b/c")


def test_filter_that_names_more_of_a_topic_is_closer_to_it() -> None:
    filters = ["#", "a/#", "a/b/+", "a/b/c"]

    assert [closeness([one], "a/b/c") for one in filters] == [0, 1, 2, 3]
    assert closeness(filters, "a/b/c") == 3
    assert closeness(["b/#", "a"], "a/b/c") is None
