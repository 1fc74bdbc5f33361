"""The topics at which a device publishes."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from tests.protocols.udmi.judging.whole_runs import run

ROOT = "/devices/DEV-1"


@pytest.mark.parametrize("suffix", ["state", "events/pointset", "events/system", "events/discovery", "attach"])
def test_topic_of_the_devices_own_passes(suffix: str) -> None:
    run().published(f"{ROOT}/{suffix}", at=1).ended().publications.are_on_known_topics()


@pytest.mark.parametrize("suffix", ["events", "events/", "events/point", "state/pointset", "telemetry", "\x1b[31m"])
def test_topic_that_nobody_knows_is_accused(suffix: str) -> None:
    told = run().published(f"{ROOT}/state", at=1).published(f"{ROOT}/{suffix}", at=2)

    with pytest.raises(NotObserved, match="there was a message on /devices/DEV-1/") as story:
        told.ended().publications.are_on_known_topics()

    assert story.value.evidence_ref.decisive == 2
    assert str(story.value).isprintable()


@pytest.mark.parametrize("suffix", ["config", "commands/reboot", "errors"])
def test_word_of_the_cloud_is_none_of_the_devices(suffix: str) -> None:
    run().published(f"{ROOT}/{suffix}", at=1).ended().publications.are_on_known_topics()


def test_what_is_retained_may_be_older_than_the_device() -> None:
    told = run().published(f"{ROOT}/state", at=1).published(f"{ROOT}/events", at=2, retain=True)

    told.ended().publications.are_on_known_topics()


def test_first_of_any_number_of_topics_that_nobody_knows_is_the_evidence() -> None:
    told = run().published(f"{ROOT}/state", at=1)
    for number in range(100):
        told = told.published(f"{ROOT}/events/{number}", at=2 + number)
    ended = told.ended()

    with pytest.raises(NotObserved, match="/events/0") as story:
        ended.publications.are_on_known_topics()

    assert story.value.evidence_ref.decisive == 2
    assert list(ended.evidence.places) == [1, 2]


def test_topics_of_a_silent_device_are_undecided() -> None:
    with pytest.raises(Undecided):
        run().ended().publications.are_on_known_topics()


def test_topics_of_a_run_that_was_broken_off_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest):
        run().published(f"{ROOT}/state", at=1).ended(broken_off="lost").publications.are_on_known_topics()


def test_run_that_came_to_nothing_could_not_be_tested_though_some_of_it_was_out_of_view() -> None:
    silent = run().opened("a", at=1).closed(at=2, cut_short="the device is silent")
    hidden = silent.opened("b", at=3).closed(at=4, out_of_view="needs listens://: only there are certificates")

    with pytest.raises(CouldNotTest, match="the device is silent"):
        hidden.ended().publications.are_on_known_topics()
