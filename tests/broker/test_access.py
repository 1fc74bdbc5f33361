"""Access to a broker: the clients that are let in, and the topics that they may use."""

import pytest

from harness.broker import Account, Listener
from harness.mqtt.endpoint import Login
from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Message

NOT_AUTHORIZED = 5
CLOUD, AHU_1, AHU_2 = Login("cloud", "of secrets"), Login("ahu-1", "one"), Login("ahu-2", "two")
LISTENER = Listener(accounts=(Account(CLOUD), Account(AHU_1, ("ahu-1/#",)), Account(AHU_2, ("ahu-2/#",))))
ASKER = Login("asker", "three")
ASKERS = Listener(accounts=(Account(CLOUD), Account(ASKER, ("ahu-1/#",), publishes=("ahu-1/get",))))


@pytest.mark.parametrize(
    "login",
    [None, Login("ahu-1", "two"), Login("nobody", "one"), Login("ahu-1", "")],
    ids=["none", "wrong password", "unknown", "empty password"],
)
def test_wrong_login_is_refused_and_hung_up_on(broker: BrokerUnderTest, login: Login | None) -> None:
    async def check(meeting: Meeting) -> int:
        client = await meeting.client("c", login=login)
        await client.gone()
        return client.code

    assert broker.run(check, LISTENER) == 5


def test_refused_client_does_not_take_the_place_of_its_namesake(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> bool:
        rightful = await meeting.client("c", login=AHU_1)
        await (await meeting.client("c", login=Login("ahu-1", "guess"))).gone()
        await rightful.settle()
        return rightful.closed.is_set()

    assert not broker.run(check, LISTENER)


def test_device_and_cloud_hear_each_other(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[list[Message], list[Message]]:
        cloud, device = await meeting.client("cloud", login=CLOUD), await meeting.client("device", login=AHU_1)
        await cloud.subscribe(("ahu-1/state", 1))
        await device.subscribe(("ahu-1/config", 1))
        await cloud.publish("ahu-1/config", b"c", 1)
        await device.publish("ahu-1/state", b"s", 1)
        return await cloud.settle(), await device.settle()

    assert broker.run(check, LISTENER) == ([Message("ahu-1/state", b"s", 1)], [Message("ahu-1/config", b"c", 1)])


@pytest.mark.parametrize("topic_filter", ["ahu-1/state", "ahu-1/#", "#", "+/state", "ahu-2/#"])
def test_topics_of_a_device_cannot_be_heard_by_another(broker: BrokerUnderTest, topic_filter: str) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        device, other = await meeting.client("device", login=AHU_1), await meeting.client("other", login=AHU_2)
        await device.publish("ahu-1/state", b"r", 1, retain=True)
        await other.subscribe((topic_filter, 1))
        await device.publish("ahu-1/state", b"s", 1)
        return await other.settle()

    assert broker.run(check, LISTENER) == []


@pytest.mark.parametrize("qos", [0, 1, 2])
def test_topics_of_a_device_cannot_be_published_by_another(broker: BrokerUnderTest, qos: int) -> None:
    async def check(meeting: Meeting) -> tuple[list[Message], bool]:
        cloud, other = await meeting.client("cloud", login=CLOUD), await meeting.client("other", login=AHU_2)
        await cloud.subscribe(("ahu-1/#", 1))
        await other.publish("ahu-1/state", b"forged", qos)
        await (await meeting.client("lost", login=AHU_2, will=Message("ahu-1/state", b"forged", 1))).close()
        await other.settle()
        return await cloud.settle(), other.closed.is_set()

    assert broker.run(check, LISTENER) == ([], False)


def test_client_that_may_hear_an_answer_may_not_forge_it(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[list[Message], list[Message]]:
        cloud, asker = await meeting.client("cloud", login=CLOUD), await meeting.client("asker", login=ASKER)
        for client in (cloud, asker):
            await client.subscribe(("ahu-1/#", 1))
        await asker.publish("ahu-1/answer", b"forged", 1)
        await (await meeting.client("lost", login=ASKER, will=Message("ahu-1/answer", b"forged", 1))).close()
        await asker.publish("ahu-1/get", b"?", 1)
        await cloud.publish("ahu-1/answer", b"!", 1)
        return await cloud.settle(), await asker.settle()

    heard, asked = broker.run(check, ASKERS)

    assert heard == asked == [Message("ahu-1/get", b"?", 1), Message("ahu-1/answer", b"!", 1)]


def test_account_for_everything_has_the_dollar_topics_too(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        cloud = await meeting.client("cloud", login=CLOUD)
        await cloud.subscribe(("$aws/things/t/#", 1))
        await cloud.publish("$aws/things/t/shadow", b"x", 1)
        return await cloud.settle()

    assert broker.run(check, LISTENER) == [Message("$aws/things/t/shadow", b"x", 1)]


def test_session_of_another_account_is_not_gone_on_with(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        owner = await meeting.client("c", clean=False, login=AHU_1)
        await owner.subscribe(("ahu-1/config", 1))
        await owner.leave()
        await (await meeting.client("cloud", login=CLOUD)).publish("ahu-1/config", b"secret", 1)
        other = await meeting.client("c", clean=False, login=AHU_2)
        return other.messages if other.code else await other.settle()

    assert broker.run(check, LISTENER) == []


@pytest.mark.parametrize("clean", [True, False])
def test_account_owns_the_ids_of_its_sessions_while_they_are_away(embedded: BrokerUnderTest, *, clean: bool) -> None:
    async def check(meeting: Meeting) -> tuple[int, list[Message]]:
        owner = await meeting.client("c", clean=False, login=AHU_1)
        await owner.subscribe(("ahu-1/config", 1))
        await owner.leave()
        await (await meeting.client("cloud", login=CLOUD)).publish("ahu-1/config", b"kept", 1)
        thief = await meeting.client("c", clean=clean, login=AHU_2)
        return thief.code, await (await meeting.client("c", clean=False, login=AHU_1)).settle()

    assert embedded.run(check, LISTENER) == (NOT_AUTHORIZED, [Message("ahu-1/config", b"kept", 1)])
