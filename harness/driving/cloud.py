"""What a scenario does as the cloud: it sends and it waits, and it never judges."""

from harness.clock import utc
from harness.driving.altering import Alter, Flaw, flawed
from harness.driving.attention import Attention, NotReachedError
from harness.driving.counterpart import AN_HOUR, Expiry, Fresh, Manner
from harness.driving.reporting import Reporting
from harness.profile import Setting
from harness.record import Done, Sent
from harness.wire.udmi import Field, SystemConfig, Value


class Cloud(Attention):
    """The cloud's side of the link: every config is recorded before it leaves, every message when it comes."""

    _in_vain: str | None = None
    _last_sent = b""

    def stop_writing(self, reason: str) -> None:
        """From now on every write ends its scenario, as it would only be waited for in vain."""
        self._in_vain = reason

    async def write(
        self,
        *settings: Setting,
        etag: Fresh | Field[str] = Fresh.ETAG,
        expiry: Expiry = AN_HOUR,
        label: str = "",
    ) -> None:
        """Set points, or release them, all in one config; what was wanted of other points is wanted still."""
        if self._in_vain:
            raise NotReachedError(self._in_vain)
        self._counterpart.want(settings)
        manner = Manner(etag, expiry)
        await self._send(manner, label, {s.label: (s.point, s.value) for s in settings})

    async def say_again(self, label: str, alter: Alter | None = None) -> None:
        """A new config that wants the same as the one before; `alter` has the last word on its bytes."""
        await self._send(Manner(), label, {}, alter)

    async def ask(self, wish: SystemConfig | Reporting, label: str) -> None:
        """A new config that also wants this of the device itself, or its points reported so, as do all that follow."""
        match wish:
            case SystemConfig():
                self._counterpart.system = wish
            case Reporting():
                self._counterpart.reporting = wish
        await self._send(Manner(), label, {})

    async def send_broken(self, flaw: Flaw, *settings: Setting, label: str) -> None:
        """A config that cannot be worked on, and would set these points and ask for another sample rate if it could.

        It is not retained: who comes to the broker meanwhile finds the good one before it, and so it is left behind.
        """
        rate = (self._counterpart.sample_rate or 1) * _SLOWER
        payload = flawed(self._codec.encode(self._counterpart.sketch(utc(), settings, rate)), flaw)
        await self._publish(payload, label, {}, broken=True)

    async def redeliver(self, label: str) -> None:
        """The very same config once more, as a broker does when a device comes back."""
        await self._publish(self._last_sent, label, {})

    async def want_nothing(self, sample_rate: float, label: str) -> None:
        """Release every point, and ask for telemetry every so many seconds."""
        self._counterpart.want_nothing()
        self._counterpart.sample_rate = sample_rate
        await self._send(Manner(), label, {})

    async def leave(self, payload: bytes) -> None:
        """Put at the config topic what lay there before, or nothing; this is no word of the cloud's own."""
        await self._link.publish(self._topics.config, payload, retain=True)

    async def _send(
        self, manner: Manner, label: str, settings: dict[str, tuple[str, Value | None]], alter: Alter | None = None
    ) -> None:
        payload = self._codec.encode(self._counterpart.compose(utc(), manner))
        self._last_sent = alter(payload) if alter else payload
        await self._publish(self._last_sent, label, settings)

    async def _publish(
        self, payload: bytes, label: str, settings: dict[str, tuple[str, Value | None]], *, broken: bool = False
    ) -> None:
        # Before it leaves: at one virtual instant, only the order of records tells cause from effect.
        place = self._record.append(Sent(utc(), self._topics.config, payload, label, settings, broken))
        self.heard.config_leaves()
        await self._link.publish(self._topics.config, payload, retain=not broken)
        self._record.append(Done(utc(), place))


_SLOWER = 15  # times the sample rate: who would heed a broken config falls silent
