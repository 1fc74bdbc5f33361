"""Devices to test: one that says again what it is told, and some that are changed in one decision. `--device=echo`."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from echo_protocol.profile import EchoProfile
from harness.machine.effects import Effect, Publish, WakeAt
from harness.machine.shell import alive
from harness.target import (
    CannotProvoke,
    Clock,
    Delivery,
    HostServices,
    Listener,
    Provocation,
    RunningTarget,
    TargetOptions,
    UsageError,
    Variant,
    connect,
)


@dataclass(frozen=True, slots=True)
class Habits:
    """All decisions of a device: after how many seconds it answers, and what."""

    answers_after: float = 0.0
    answer: Callable[[bytes], bytes | None] = lambda said: said


VARIATIONS = {
    Variant("shouts", breaks="echo.is-the-same"): Habits(answer=bytes.upper),
    Variant("hesitates", breaks="echo.comes-in-time"): Habits(answers_after=3),
    Variant("says-nothing", mute=True): Habits(answer=lambda _said: None),
    Variant("takes-a-breath"): Habits(answers_after=0.5),
}


@dataclass
class EchoDevice:
    """Pure: what it is told and the time in, what it says out."""

    profile: EchoProfile
    habits: Habits
    _due: list[tuple[float, bytes]] = field(default_factory=list)

    def receive(self, event: bytes, now: float) -> Sequence[Effect]:
        """It was called."""
        answer = self.habits.answer(event)
        self._due += [] if answer is None else [(now + self.habits.answers_after, answer)]
        return self.wake(now)

    def wake(self, now: float) -> Sequence[Effect]:
        """Say what is due, and wish to be woken for the next."""
        said = [Publish(self.profile.answer, answer) for time, answer in self._due if time <= now]
        self._due = [(time, answer) for time, answer in self._due if time > now]
        return [*said, *(WakeAt(time) for time, _ in self._due[:1])]


ECHO_1 = EchoProfile("ECHO-1", network_allowance=0.0)


@dataclass(frozen=True)
class EchoTarget:
    """A device behind a broker of its own, in virtual time."""

    name: str = "echo"
    habits: Habits = Habits()
    profile: EchoProfile = ECHO_1
    clock: Clock = Clock.VIRTUAL

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, as long as the block lasts."""
        async with (
            services.start_broker(Listener(watch=services.see)) as endpoint,
            connect(endpoint, self.profile.id) as link,
        ):
            await link.subscribe(self.profile.inbox)
            async with alive(EchoDevice(self.profile, self.habits), link, _words):
                yield RunningTarget(endpoint, self, declares_itself=True)

    async def provoke(self, provocation: Provocation) -> None:
        """Nothing ever happens to an echo."""
        raise CannotProvoke(provocation, "an echo has no conditions")

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk."""
        return list(VARIATIONS)

    def varied(self, variant: str) -> "EchoTarget":
        """The same device with one decision changed."""
        habits = next(habits for known, habits in VARIATIONS.items() if known.id == variant)
        return replace(self, name=f"{self.name}+{variant}", habits=habits)


def echo(address: str, options: TargetOptions) -> EchoTarget:
    """From what stands behind `echo`: nothing."""
    if address or options.profile or options.login or options.tls:
        raise UsageError("--device=echo has its profile in its package, and a broker of its own to itself")
    return EchoTarget()


def _words(delivery: Delivery) -> bytes:
    return delivery.payload
