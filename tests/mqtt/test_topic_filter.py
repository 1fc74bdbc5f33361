"""Which topics a filter brings, and how closely it names them."""

import pytest

from harness.mqtt.topic_filter import brings, closeness


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
