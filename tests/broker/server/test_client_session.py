"""Packet ids of a session: each is one that nothing on its way has."""

from collections import OrderedDict

import pytest
from amqtt.errors import AMQTTError
from amqtt.session import IncomingApplicationMessage, OutgoingApplicationMessage

from harness.broker.server.client_session import ClientSession


def test_id_of_what_is_on_its_way_is_given_to_nothing_else() -> None:
    session = ClientSession(
        inflight_out=OrderedDict({2: OutgoingApplicationMessage(2, "t", 1, b"", retain=False)}),
        inflight_in=OrderedDict({3: IncomingApplicationMessage(3, "t", 2, b"", retain=False)}),
    )
    assert [session.next_packet_id for _ in range(3)] == [1, 4, 5]


def test_after_the_last_id_comes_the_first_that_is_free() -> None:
    session = ClientSession()
    given = [session.next_packet_id for _ in range(65_535)]

    assert given == list(range(1, 65_536))
    assert session.next_packet_id == 1


def test_where_all_are_taken_there_is_none() -> None:
    message = OutgoingApplicationMessage(1, "t", 1, b"", retain=False)
    session = ClientSession(inflight_out=OrderedDict.fromkeys(range(1, 65_536), message))

    with pytest.raises(AMQTTError, match="no packet id"):
        session.next_packet_id  # noqa: B018 - it is asked for
