"""The messages of a scenario as the cloud. The other end of the link is played by hand."""

from harness.clock import VIRTUAL_BIRTHDAY
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.profile import Setting
from harness.record.kinds import Desired, Done, Received, Sent
from tests.protocols.udmi.driving.by_hand import PUBACK_IN, TOPICS, HandMade, played, reporting
from tests.udmi_1_5 import decode_config

WRITE = Setting("damper", 30.0, "write")
FOREIGN = b'{"timestamp": "2026-01-01T00:00:05Z"}'


def test_config_is_recorded_before_it_leaves_and_its_puback_when_it_comes() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE, label="config")

    sent, done = played(script).records

    assert isinstance(sent, Sent)
    assert isinstance(done, Done)
    assert (sent.label, sent.desired) == ("config", {"write": Desired("damper", 30.0)})
    assert (sent.time, done.time, done.of) == (VIRTUAL_BIRTHDAY, VIRTUAL_BIRTHDAY + PUBACK_IN, 0)


def test_what_the_device_says_meanwhile_is_recorded_between_the_two() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, reporting(None))
        await cloud.write(WRITE)

    assert [type(record) for record in played(script).records] == [Sent, Received, Done]


def test_config_of_somebody_else_is_recorded_and_our_own_is_not() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.write(WRITE)
        await cloud.leave(b"theirs")
        for payload, _ in link.sent:
            link.hand_over(payload)
        link.hand_over(b"")
        link.hand_over(FOREIGN)
        await cloud.listen(1)

    heard = [record for record in played(script).records if isinstance(record, Received)]

    assert [(record.topic, record.payload, record.retain) for record in heard] == [(TOPICS.config, FOREIGN, False)]


def test_write_rests_on_the_latest_etag() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, reporting(None, etag="a"))
        await cloud.say_again("first")
        await cloud.write(WRITE, label="second")

    [second] = [record for record in played(script).records if isinstance(record, Sent) and record.label == "second"]
    pointset = decode_config(second.payload).pointset

    assert pointset is not None
    assert pointset.etag == "a"


def test_retained_state_is_recorded_and_not_believed() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(reporting(None, etag="of long ago"), retain=True)
        await cloud.listen(1)
        assert cloud.heard.state is None
        assert cloud.etag is None

    assert [type(record) for record in played(script).records] == [Received]
