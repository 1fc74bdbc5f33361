"""The cloud, as a scenario uses it: it sends and it waits, and it never judges."""

import hashlib
from collections.abc import Callable, Iterable, Mapping

from harness.clock import utc
from harness.driving.not_reached import NotReachedError
from harness.driving.shared_broker.run_notes import RunNotes
from harness.payload.values import Field
from harness.protocols.udmi.driving.counterpart import Expiry, Fresh, Lifetime, Manner
from harness.protocols.udmi.driving.malformed_configs import Alter, ConfigFlaw, flawed
from harness.protocols.udmi.driving.sampling_request import SamplingRequest
from harness.protocols.udmi.driving.scenario_terms import MARGIN
from harness.protocols.udmi.driving.waits import CLOUD, Waits
from harness.protocols.udmi.profile import Setting
from harness.protocols.udmi.words.messages import SystemConfig
from harness.record.kinds import Desired, Done, Received, Sent


class Cloud(Waits):
    """The cloud's side of the link: every config is recorded before it leaves, every message when it comes."""

    _in_vain: str | None = None
    _longest_wait: Callable[[], float] | None = None
    _last_sent = b""
    _notes: RunNotes | None = None
    _has_told = False

    async def attend(self) -> None:
        """Record all that comes, until cancelled; of configs, what lay there already and what somebody else sends."""
        async for delivery in self._link.deliveries():
            is_config = delivery.topic == self._topics.config
            if is_config and not delivery.retain and self._is_own(delivery.payload):  # the record has it already
                continue
            message = Received(delivery.time, delivery.topic, delivery.payload, delivery.retain, CLOUD)
            self._record.append(message)
            if is_config:
                self._tell_of_another(message)
                continue
            async with self._news:
                self.heard.hear(message)
                self._news.notify_all()

    def stop_writing(self, reason: str) -> None:
        """From now on every write ends its scenario, as it would only be waited for in vain."""
        self._in_vain = reason

    def let_writes_last(self, longest_wait: Callable[[], float] | None) -> None:
        """From now on writes end by themselves so many seconds after they were sent, and a little later.

        By the device's own clock, as far as is made up for. None: nothing is written from now on.
        """
        self._longest_wait = longest_wait

    def take_notes(self, notes: RunNotes | None) -> None:
        """From now on the broker knows of every config that lies there whose it is."""
        self._notes = notes
        if notes:
            notes.rejoin()

    async def clear_notes(self) -> None:
        """The broker is as it was found, and nobody needs to be told of anything."""
        for topic, nothing in self._notes.cleared() if self._notes else ():
            await self._link.publish(topic, nothing, retain=True)

    async def write(
        self,
        *settings: Setting,
        etag: Fresh | Field[str] = Fresh.ETAG,
        expiry: Expiry = Lifetime.NEEDED,
        label: str = "",
    ) -> None:
        """Set points, or release them, all in one config; what was wanted of other points is wanted still."""
        if self._in_vain:
            raise NotReachedError(self._in_vain)
        self._counterpart.want(settings)
        self._counterpart.settling.begin(settings, utc())
        manner = Manner(etag, expiry)
        await self._send(manner, label, {s.label: Desired(s.point, s.value) for s in settings})

    async def say_again(self, label: str, alter: Alter | None = None) -> None:
        """A new config that wants the same as the one before; `alter` has the last word on its bytes."""
        await self._send(Manner(), label, {}, alter)

    async def ask(self, wish: SystemConfig | SamplingRequest, label: str) -> None:
        """A new config that also wants this of the device itself, or its points reported so, as do all that follow."""
        match wish:
            case SystemConfig():
                self._counterpart.system = wish
            case SamplingRequest():
                self._counterpart.reporting = wish
        await self._send(Manner(), label, {})

    async def send_broken(
        self, flaw: ConfigFlaw, *settings: Setting, label: str, sample_rate: float | None = None
    ) -> None:
        """A config that cannot be worked on, and would set these points and ask for the rate, in seconds, if it could.

        Without a rate it asks for the one that is in force.

        It is not retained: who comes to the broker meanwhile finds the good one before it, and so it is left behind.
        """
        rate = sample_rate or self._counterpart.sample_rate or 1
        self._time_writes()
        payload = flawed(self._codec.encode(self._counterpart.sketch(utc(), settings, rate)), flaw)
        await self._publish(payload, label, {}, broken=True)

    async def redeliver(self, label: str) -> None:
        """The very same config once more, as a broker does when a device comes back."""
        await self._publish(self._last_sent, label, {})

    async def want_nothing(self, sample_rate: float, label: str, *, resets: bool = False) -> None:
        """Release every point, and ask for telemetry every so many seconds. `resets`: as recorded in `Sent`."""
        self._counterpart.want_nothing()
        self._counterpart.sample_rate = sample_rate
        await self._send(Manner(), label, {}, resets=resets)

    async def leave(self, payload: bytes) -> None:
        """Put at the config topic what lay there before, or nothing; this is no word of the cloud's own."""
        self._counterpart.own_configs.add(_digest(payload))
        await self._link.publish(self._topics.config, payload, retain=True)

    async def _send(
        self,
        manner: Manner,
        label: str,
        desired: Mapping[str, Desired],
        alter: Alter | None = None,
        *,
        resets: bool = False,
    ) -> None:
        self._time_writes()
        payload = self._codec.encode(self._counterpart.compose(utc(), manner))
        self._last_sent = alter(payload) if alter else payload
        await self._publish(self._last_sent, label, desired, resets=resets)

    async def _publish(
        self,
        payload: bytes,
        label: str,
        desired: Mapping[str, Desired],
        *,
        broken: bool = False,
        resets: bool = False,
    ) -> None:
        # Before it leaves: at one virtual instant, only the order of records tells cause from effect.
        # The label is plain text, as one that is read back: stories quote it, and a recording is to give the same ones.
        place = self._record.append(
            Sent(
                utc(),
                self._topics.config,
                payload,
                str(label),
                desired,
                broken,
                retain=not broken,
                connection=CLOUD,
                resets=resets,
            )
        )
        self._counterpart.own_configs.add(_digest(payload))
        self.heard.config_leaves(utc())
        if self._notes and not broken:
            self._note(self._notes.ahead_of(payload))
        await self._link.publish(self._topics.config, payload, retain=not broken)
        self._record.append(Done(utc(), place))

    def _time_writes(self) -> None:
        """The clock of the device is known the better, the more it has said."""
        wait = self._longest_wait
        self._counterpart.lifetime = None if wait is None else wait() + self.heard.clock_ahead + MARGIN

    def _is_own(self, payload: bytes) -> bool:
        """An empty one leaves a topic as if nothing had been sent."""
        return not payload or _digest(payload) in self._counterpart.own_configs

    def _tell_of_another(self, config: Received) -> None:
        """Once: what lay there when we came is somebody's, too, but was sent before."""
        if not (config.retain or self._has_told):
            self._has_told = True
            self._progress.tell(f"somebody else sends configs to {config.topic}: they overwrite what is tested")

    def _note(self, messages: Iterable[tuple[str, bytes]]) -> None:
        for topic, message in messages:
            self._link.send_ahead(topic, message)


def _digest(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()
