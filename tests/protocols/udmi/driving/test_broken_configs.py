"""Configs that cannot be worked on, as the cloud sends them; and what else it asks of the device itself."""

import pytest

from harness.clock import utc
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.malformed_configs import ConfigFlaw, Extra, with_extra
from harness.protocols.udmi.profile import Setting
from harness.protocols.udmi.words.messages import (
    Config,
    PointsetState,
    State,
    Status,
    SystemConfig,
    SystemEvent,
    SystemState,
)
from harness.record.kinds import Sent
from tests.protocols.udmi.driving.by_hand import HandMade, played
from tests.udmi_1_5 import decode_config

ERROR = Status("x", "system.config.parse", 500)


def configs(link: HandMade) -> list[Config]:
    """The configs that were sent, as they are read."""
    return [decode_config(payload) for payload, _ in link.sent]


@pytest.mark.parametrize("flaw", ConfigFlaw)
def test_broken_config_is_recorded_as_such_and_not_retained(flaw: ConfigFlaw) -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.say_again("good")
        await cloud.send_broken(flaw, label="broken")

    result = played(script)

    assert [retain for _, retain in result.link.sent] == [True, False]
    assert [(one.label, one.broken) for one in result.records if isinstance(one, Sent)] == [
        ("good", False),
        ("broken", True),
    ]


def test_label_of_a_broken_config_is_recorded_as_the_text_that_is_read_back() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.send_broken(ConfigFlaw.NO_VERSION, label=ConfigFlaw.NO_VERSION)

    [label] = [repr(one.label) for one in played(script).records if isinstance(one, Sent)]

    assert label == "'without version'"


def test_broken_config_would_set_what_it_is_given_and_ask_for_another_rate() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(Setting("damper", 30.0, "write"))
        otherwise = Setting("damper", 50.0, "otherwise")
        await cloud.send_broken(ConfigFlaw.NO_VERSION, otherwise, label="broken")
        await cloud.send_broken(ConfigFlaw.NO_VERSION, otherwise, label="slower", sample_rate=150)
        await cloud.say_again("good")

    pointsets = [config.pointset for config in configs(played(script, puback_in=0).link)]

    assert [one.points["damper"].set_value for one in pointsets if one and one.points] == [30.0, 50.0, 50.0, 30.0]
    assert [one.sample_rate_sec for one in pointsets if one] == [10, 10, 150, 10]


def test_timestamp_of_a_broken_config_is_not_given_again() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        for _ in range(2):
            await cloud.send_broken(ConfigFlaw.NO_VERSION, label="broken")
            await cloud.say_again("good")

    stamps = [config.timestamp for config in configs(played(script, puback_in=0).link)]

    assert len(set(stamps)) == 4


def test_state_that_names_the_config_before_answers_a_broken_one() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.say_again("good")
        good = decode_config(link.sent[0][0]).timestamp
        await cloud.send_broken(ConfigFlaw.EMPTY, label="broken")
        link.say(State(system=SystemState(good, status=ERROR), pointset=PointsetState()))

        assert await cloud.allow_state(lambda state: state.system is not None, "a state comes", at_most=1)

    played(script, puback_in=0)


def test_what_is_asked_of_the_device_stays_asked_until_nothing_is_wanted() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.ask(SystemConfig(min_loglevel=100), "ask")
        await cloud.say_again("again")
        await cloud.want_nothing(2, "rest")

    asked = [config.system and config.system.min_loglevel for config in configs(played(script, puback_in=0).link)]

    assert asked == [100, 100, None]


def test_altered_config_is_a_good_one_of_the_clouds() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.say_again("extra", alter=lambda payload: with_extra(payload, Extra.MESSAGE))
        await cloud.redeliver("redelivered")

    link = played(script).link

    assert link.sent[0] == link.sent[1]
    assert b"extra_setting" in link.sent[0][0]


def test_entry_that_is_waited_for_ends_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.say_again("good")
        began = utc()
        link.say(SystemEvent(entries=(ERROR,)))
        await cloud.allow_entry("system.config.parse", at_most=30)

        assert utc() == began

    played(script, puback_in=0)


def test_entry_from_before_the_config_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(SystemEvent(entries=(ERROR,)))
        await cloud.listen(1)
        await cloud.say_again("good")
        began = utc()
        await cloud.allow_entry("system.config.parse", at_most=30)

        assert utc() - began == pytest.approx(30)

    played(script, puback_in=0)
