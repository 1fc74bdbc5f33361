"""The messages that a device keeps until they can be sent."""

from simulator.link.outbox import Letter, LinkTopics, Outbox

STATE, TELEMETRY = "/devices/d/state", "/devices/d/events/pointset"


def outbox(most: int = 10) -> Outbox:
    """One that stores so many telemetries."""
    return Outbox(LinkTopics("/devices/d/config", STATE, TELEMETRY), lambda stored: stored[-most:])


def sent(box: Outbox) -> list[bytes]:
    """All that it sends from now on."""
    payloads = []
    while letter := box.first:
        payloads.append(letter.payload)
        box.arrived(letter)
    return payloads


def test_what_is_put_in_is_sent_in_order() -> None:
    box = outbox()
    box.put(Letter(STATE, b"1"), is_up=True)
    box.put(Letter(TELEMETRY, b"2"), is_up=True)

    assert sent(box) == [b"1", b"2"]


def test_letter_stays_until_it_has_arrived() -> None:
    box = outbox()
    box.put(Letter(TELEMETRY, b"1"), is_up=True)

    assert box.first == box.first == Letter(TELEMETRY, b"1")


def test_telemetry_outlasts_the_connection_and_states_do_not() -> None:
    box = outbox()
    box.put(Letter(TELEMETRY, b"on its way"), is_up=True)
    box.put(Letter(STATE, b"state"), is_up=True)
    box.put(Letter(TELEMETRY, b"offline"), is_up=False)
    box.put(Letter(STATE, b"another"), is_up=False)

    assert sent(box) == [b"on its way", b"offline"]


def test_message_that_outlasts_the_connection_keeps_its_flags() -> None:
    box = outbox()
    box.put(Letter(TELEMETRY, b"1", retain=True, qos=0), is_up=False)

    assert box.first == Letter(TELEMETRY, b"1", retain=True, qos=0)


def test_the_oldest_telemetry_makes_room() -> None:
    box = outbox(most=2)
    for number in range(4):
        box.put(Letter(TELEMETRY, str(number).encode()), is_up=False)

    assert sent(box) == [b"2", b"3"]
