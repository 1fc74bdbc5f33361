"""A word that was on its way when a config came in does not show that the device lived through it."""

import pytest

from harness.driving.not_reached import NotReachedError
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.words.messages import Telemetry
from tests.protocols.udmi.driving.by_hand import FAR, PUBACK_IN, HandMade, played


async def _met(cloud: Cloud, link: HandMade) -> float:
    """The device has sent telemetry once. Returns the moment of the config that follows."""
    link.say(Telemetry())
    await cloud.listen(1)
    return cloud.now


def test_word_that_was_on_its_way_shows_nothing() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        since = await _met(cloud, link)
        link.say_later(2 * FAR, Telemetry())
        await cloud.say_again("deadly")
        with pytest.raises(NotReachedError, match="until the device says anything at all after 'deadly', in vain"):
            await cloud.until_alive(since, "deadly")

    assert played(script, allowance=FAR).seconds == 1 + PUBACK_IN + 10


def test_word_that_left_the_device_later_shows_that_it_lives() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        since = await _met(cloud, link)
        link.say_later(2 * FAR + 3, Telemetry())
        await cloud.say_again("harmless")
        await cloud.until_alive(since, "harmless")

    assert played(script, allowance=FAR).seconds == 1 + 2 * FAR + 3


def test_only_such_a_word_is_one_between_scenarios() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await _met(cloud, link)
        link.say_later(FAR, Telemetry())
        await cloud.say_again("the last")
        await cloud.listen(5)
        assert not cloud.heard.has_spoken
        link.say(Telemetry())
        await cloud.listen(1)
        assert cloud.heard.has_spoken

    played(script, allowance=FAR)
