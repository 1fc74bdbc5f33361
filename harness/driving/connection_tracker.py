"""Writes down what a broker of ours sees of the device, and tells whoever waits for it that it is back."""

import asyncio
from collections.abc import Callable

from harness.mqtt.client_id import OURS
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind
from harness.mqtt.take_over import is_strangers, words_of
from harness.mqtt.topic_filter import closeness
from harness.record.trace import Recorder


class ConnectionTracker:
    """`config`: the topic that the device's client is known by. `tell`: says a line to the operator.

    Our own clients are not written down, unless somebody else comes by their ids.
    """

    def __init__(self, recorder: Recorder, config: str, tell: Callable[[str], None] = lambda _line: None) -> None:
        self._recorder, self._config, self._tell = recorder, config, tell
        self._told = set[str]()  # ids of which a stranger was told
        self._connects: dict[str, ObservedConnect] = {}
        self._device: str | None = None  # the client that asked for configs last, and as closely as any
        self._closest = -1
        self._news = asyncio.Event()
        self._refused = self._fooled = 0
        self._owed = set[tuple[str, int]]()  # PUBACKs of configs: of which client, with which number
        self._is_tired = False  # of waiting for them
        self.is_up = False
        self.is_deaf = False  # it has connected anew, with a clean session, and subscribed to nothing since

    @property
    def keep_alive(self) -> int:
        """Seconds, of the device's latest CONNECT; 0 is none."""
        connect = self._connects.get(self._device or "")
        return connect.keep_alive if connect else 0

    def see(self, packet: ObservedPacket) -> None:
        """Take in a packet as soon as the broker has observed it."""
        if is_strangers(packet):
            self._tell_of(packet)
        if packet.client_id.startswith(OURS):
            if is_strangers(packet) or packet.refused:
                self._recorder.append(packet)
            return
        if packet.what is PacketKind.DELIVERY and self._config not in packet.topics:
            return
        self._recorder.append(packet)
        self._keep_account_of(packet)
        self._refused += bool(packet.refused)
        self._fooled += packet.what is PacketKind.HANDSHAKE
        if packet.refused or packet.what is PacketKind.HANDSHAKE:
            self._news.set()
        elif packet.hello:
            self._connects[packet.client_id] = packet.hello
            self.is_deaf = packet.hello.clean_session if packet.client_id == self._device else self.is_deaf
            self._turns(up=self.is_up or packet.client_id == self._device)  # with a session it need not subscribe again
        elif packet.what is PacketKind.SUBSCRIBE and (close := closeness(packet.topics, self._config)) is not None:
            if close >= self._closest:
                self._device, self._closest, self.is_deaf = packet.client_id, close, False
                self._turns(up=True)
        elif packet.client_id == self._device and packet.what in (PacketKind.LOST, PacketKind.DISCONNECT):
            self._turns(up=False)

    async def until_up(self) -> None:
        """Until the device is connected."""
        await self._until(lambda: self.is_up)

    @property
    def owes_acknowledgements(self) -> bool:
        """Whether the device has a config that it did not acknowledge yet, and waiting for that was never in vain."""
        return not self._is_tired and any(client == self._device for client, _ in self._owed)

    async def until_acknowledged(self, *, at_most: float) -> None:
        """Until every config that reached the device has its PUBACK; what was in vain is not waited for again."""
        try:
            async with asyncio.timeout(at_most):
                await self._until(lambda: not self.owes_acknowledgements)
        except TimeoutError:
            self._is_tired = True

    async def until_tried(self) -> None:
        """Until somebody has met a stranger in our place from now on."""
        before = self._fooled
        await self._until(lambda: self._fooled > before)

    async def until_refused(self, times: int) -> None:
        """Until it has been refused so often from now on."""
        before = self._refused
        await self._until(lambda: self._refused >= before + times)

    def _tell_of(self, take_over: ObservedPacket) -> None:
        """Once for each id, and of a few ids: clients that throw each other out may do so every second."""
        if take_over.client_id not in self._told and len(self._told) < _MOST:
            self._told.add(take_over.client_id)
            self._tell(f"doctor: your network: {words_of(take_over)}; what that spoils is left undecided")

    def _keep_account_of(self, packet: ObservedPacket) -> None:
        """A message that is not acknowledged when its connection ends is delivered anew on the next, or never."""
        if packet.packet_id is not None and packet.what is PacketKind.DELIVERY:
            self._owed.add((packet.client_id, packet.packet_id))
        elif packet.packet_id is not None and packet.what is PacketKind.PUBACK:
            self._owed.discard((packet.client_id, packet.packet_id))
            self._news.set()
        elif packet.what in (PacketKind.LOST, PacketKind.DISCONNECT):
            self._owed = {owed for owed in self._owed if owed[0] != packet.client_id}
            self._news.set()

    async def _until(self, fact: Callable[[], bool]) -> None:
        while not fact():
            self._news.clear()
            await self._news.wait()

    def _turns(self, *, up: bool) -> None:
        self.is_up = up
        self._news.set()


_MOST = 3  # ids of which a stranger is told while a run goes on
