"""A broker that misbehaves on demand, towards everybody but us."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.broker import Listener, ObservedPacket, PacketKind, embedded_broker
from harness.broker.fault_injector import FaultInjector
from harness.broker.faults import Fault
from harness.broker.listener import ServerTls
from harness.clock import Clock
from tests.broker.brokers import BrokerUnderTest, Meeting, T
from tests.broker.certificates import Pki
from tests.broker.packets import Kind, Message, publish

OURS = BrokerUnderTest(embedded_broker, Clock.VIRTUAL)


def interfered(
    check: Callable[[Meeting, FaultInjector], Awaitable[T]],
    *,
    seen: list[ObservedPacket] | None = None,
    tls: ServerTls | None = None,
) -> T:
    """The result that the check brings home from a broker that can be broken."""
    fault_injector = FaultInjector(has_tls=tls is not None)
    listener = Listener(tls=tls, watch=None if seen is None else seen.append, fault_injector=fault_injector)
    return OURS.run(lambda meeting: check(meeting, fault_injector), listener)


def test_dropped_connection_is_lost_and_ours_is_spared() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> list[Message]:
        device, ours = await meeting.client("device"), await meeting.client("setpoint-cloud")
        await fault_injector.suffer(Fault.DROP, "a")
        await device.gone()
        return await ours.settle()

    seen: list[ObservedPacket] = []

    assert interfered(check, seen=seen) == []
    assert [packet.what for packet in seen if packet.client_id == "device"] == [PacketKind.CONNECT, PacketKind.LOST]


def test_refused_client_hears_that_the_server_is_unavailable_until_it_is_let_in() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> list[int]:
        await fault_injector.suffer(Fault.REFUSE, "a")
        refused, ours = await meeting.client("device"), await meeting.client("setpoint-cloud")
        await refused.gone()
        await fault_injector.suffer(Fault.ADMIT, "a")
        return [refused.code, ours.code, (await meeting.client("device")).code]

    seen: list[ObservedPacket] = []

    assert interfered(check, seen=seen) == [3, 0, 0]
    assert [packet.refused for packet in seen if packet.what is PacketKind.CONNECT] == [True, None, None]


def test_nobody_listens_until_the_broker_is_back_at_its_port() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> int:
        ours = await meeting.client("setpoint-cloud")
        await fault_injector.suffer(Fault.GO_AWAY, "a")
        with pytest.raises(ConnectionRefusedError):
            await meeting.stranger()
        await ours.settle()
        await fault_injector.suffer(Fault.COME_BACK, "a")
        return (await meeting.client("device")).code

    assert interfered(check) == 0


def test_one_puback_is_withheld() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> int:
        device = await meeting.client("device")
        await fault_injector.suffer(Fault.WITHHOLD, "a")
        device.write(publish(Message("a", b"x", 1, retain=False), 7))
        device.write(publish(Message("a", b"y", 1, retain=False), 8))
        return (await device.hears(Kind.PUBACK)).id

    assert interfered(check) == 8


def test_message_is_delivered_again_with_its_number_and_acknowledged_again() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> list[int]:
        device, ours = await meeting.client("device"), await meeting.client("setpoint-cloud")
        await device.subscribe(("a", 1))
        await ours.publish("a", b"x", 1)
        await device.heard(1)
        await device.settle()
        await fault_injector.suffer(Fault.SEND_AGAIN, "a")
        await device.heard(2)
        await device.settle()
        return device.ids

    seen: list[ObservedPacket] = []
    first, second = interfered(check, seen=seen)

    assert first == second
    assert [packet.topics for packet in seen if packet.what is PacketKind.PUBACK] == [("a",), ("a",)]


def test_what_is_retained_stays_while_it_is_frozen() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> list[bytes]:
        ours, device = await meeting.client("setpoint-cloud"), await meeting.client("device")
        await ours.publish("a", b"old", 1, retain=True)
        await fault_injector.suffer(Fault.FREEZE, "a")
        await ours.publish("a", b"new", 1, retain=True)
        await device.subscribe(("a", 1))
        await fault_injector.suffer(Fault.THAW, "a")
        await ours.publish("a", b"newest", 1, retain=True)
        return [message.payload for message in await device.heard(2)]

    assert interfered(check) == [b"old", b"newest"]


def test_stranger_is_not_trusted_and_the_server_itself_is_again(tmp_path: Path) -> None:
    pki = Pki.made_in(tmp_path)
    trusting = ssl.create_default_context(cafile=pki.ca)

    async def check(meeting: Meeting, fault_injector: FaultInjector) -> int:
        await fault_injector.suffer(Fault.PRETEND, "a")
        with pytest.raises(ssl.SSLCertVerificationError):
            await meeting.stranger(trusting)
        await fault_injector.suffer(Fault.REVEAL, "a")
        device = await meeting.stranger(trusting)
        await device.connect("device")
        return device.code

    seen: list[ObservedPacket] = []
    tls = ServerTls(pki.folder / "server.crt", pki.folder / "server.key")

    assert interfered(check, tls=tls, seen=seen) == 0
    assert [packet.what for packet in seen][:2] == [PacketKind.HANDSHAKE, PacketKind.CONNECT]


def test_after_recovery_nothing_is_wrong_any_more() -> None:
    async def check(meeting: Meeting, fault_injector: FaultInjector) -> int:
        for fault in (Fault.REFUSE, Fault.WITHHOLD, Fault.FREEZE, Fault.GO_AWAY):
            await fault_injector.suffer(fault, "a")
        await fault_injector.recover()
        device = await meeting.client("device")
        await device.publish("a", b"x", 1, retain=True)
        await asyncio.sleep(0)
        return device.code

    assert interfered(check) == 0
