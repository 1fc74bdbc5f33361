"""Drives a target through scenarios and records all that passes. One coroutine from curtain up to curtain down."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from harness import provenance
from harness.broker import embedded_broker
from harness.clock import Clock, new_loop, utc
from harness.driving.cloud import Cloud, NotReachedError
from harness.driving.counterpart import Counterpart
from harness.driving.device import Device
from harness.driving.scenario import Scenario
from harness.errors import HarnessError, LinkError
from harness.judging.requirement import Spec
from harness.judging.verdict import NotApplicable
from harness.profile import Kind, Profile
from harness.provoke import CannotProvoke
from harness.record import Began, Closed, Ended, Opened
from harness.target import Stand, Target
from harness.trace import FORMAT, Recorder
from harness.wire.link import connect
from harness.wire.topics import Topics

FIRST_WORD = 30.0  # seconds that a device may take to be heard at all
ANSWER = 5.0  # seconds after which the next config may be sent though this one was not answered
BACK_TO_BASE = 20.0  # seconds that a point may take to be free again, and the first state to come

Progress = Callable[[str], None]


def perform(
    target: Target, scenarios: Sequence[Scenario], clock: Clock, recorder: Recorder, progress: Progress
) -> None:
    """Play every scenario against the target, one after the other. Raises LinkError where the link is lost."""
    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        runner.run(_perform(target, scenarios, clock, recorder, progress))


async def _perform(
    target: Target, scenarios: Sequence[Scenario], clock: Clock, recorder: Recorder, progress: Progress
) -> None:
    profile = target.profile.as_dict()
    recorder.append(Began(utc(), FORMAT, provenance.harness(), Spec.UDMI_1_5, clock, target.name, profile))
    broken_off: str | None = "interrupted"
    try:
        async with target.open(embedded_broker) as stand, _cloud(target, stand, recorder) as cloud:
            await _Stage(target.profile, stand, cloud, recorder, progress).play(scenarios)
        broken_off = None
    except* HarnessError as group:
        error = _first(group)
        broken_off = str(error)
        raise error from None
    except* Exception as group:
        broken_off = f"Setpoint itself failed: {group.exceptions[0]!r}"
        raise
    finally:
        recorder.append(Ended(utc(), broken_off))


@asynccontextmanager
async def _cloud(target: Target, stand: Stand, recorder: Recorder) -> AsyncIterator[Cloud]:
    """The cloud, listening; when it leaves, after Ctrl-C too, no point stays written."""
    topics = Topics.of(target.profile.id)
    async with connect(stand.endpoint, "setpoint-cloud") as link, asyncio.TaskGroup() as tasks:
        cloud = Cloud(link, topics, Counterpart(target.profile.points), recorder, target.profile.network_allowance)
        attending = tasks.create_task(cloud.attend())
        await link.subscribe(topics.state, topics.telemetry)
        try:
            yield cloud
        finally:
            await cloud.want_nothing(_AT_REST, "farewell")
            attending.cancel()


@dataclass
class _Stage:
    """`silence`: why it makes no sense to play on. `patience`: seconds that a point is waited for to be free again."""

    profile: Profile
    stand: Stand
    cloud: Cloud
    recorder: Recorder
    progress: Progress
    silence: str | None = None
    patience: float = BACK_TO_BASE

    async def play(self, scenarios: Sequence[Scenario]) -> None:
        self.silence = await self._first_contact()
        for scenario in scenarios:
            self.progress(scenario.name)
            obstacle = self.silence or await self._rest(scenario.sample_rate)
            device = Device(self.profile, self.stand.provoker, self.recorder)
            self.recorder.append(Opened(utc(), scenario.name))
            closed = Closed(utc(), cut_short="the run broke off here")
            try:
                closed = Closed(utc(), cut_short=obstacle) if obstacle else await _drive(scenario, self.cloud, device)
            finally:  # after Ctrl-C too, nothing stays provoked
                self.recorder.append(replace(closed, time=utc()))
                await device.undo()

    async def _first_contact(self) -> str | None:
        """The cloud speaks first, and waits for telemetry, which is the witness of every write."""
        await self.cloud.want_nothing(_AT_ONCE, "first contact")
        try:
            await self.cloud.until_sampled(at_most=FIRST_WORD)
        except NotReachedError:
            missing = "telemetry" if self.cloud.has_heard_a_state else "state and no telemetry"
            return f"the device sent no {missing} within {FIRST_WORD:g} s, though asked for it every {_AT_ONCE:g} s"
        await self.cloud.allow_answer(at_most=ANSWER)
        if not self.cloud.has_heard_a_state:
            await self._draw_out()
        return None

    async def _draw_out(self) -> None:
        """Have one that speaks only of changes say where it stands, so that no scenario depends on those before it.

        One that says nothing even to a write is written to no more, so that it costs one wait.
        """
        points = self.profile.of_kind(Kind.WRITABLE)
        if not points:
            return
        await self.cloud.write(points[0].to(points[0].good[0], "drawn out"), label="drawing out")
        await self.cloud.allow_news(at_most=BACK_TO_BASE)
        if not self.cloud.has_heard_a_state:
            self.cloud.stop_writing(f"the device reported no state within {BACK_TO_BASE:g} s of a write")

    async def _rest(self, sample_rate: float) -> str | None:
        """Release every point, so that each scenario starts from the base state; why not, if one does not come back."""
        cloud = self.cloud
        await cloud.want_nothing(sample_rate, "rest")
        if not cloud.has_heard_a_state:
            return None
        await cloud.allow_answer(at_most=ANSWER)
        if cloud.stands_at_base():
            return None
        free = "every point is free again"
        try:
            await cloud.until_state(lambda _: cloud.stands_at_base(), free, at_most=self.patience)
        except NotReachedError:
            self.patience = 0  # who did not come back in all that time is not waited for again
            return f"waited {BACK_TO_BASE:g} s until {free}, in vain"
        return None


async def _drive(scenario: Scenario, cloud: Cloud, device: Device) -> Closed:
    try:
        await scenario.drive(cloud, device)
    except NotReachedError as in_vain:
        return Closed(utc(), cut_short=str(in_vain))
    except NotApplicable as lack:
        return Closed(utc(), not_applicable=str(lack))
    except CannotProvoke as lack:
        return Closed(utc(), cut_short=str(lack))
    except LinkError:
        raise
    except Exception as bug:  # noqa: BLE001 - ours, and never the device's failure: its judgements say so
        return Closed(utc(), our_fault=f"{type(bug).__name__} in scenario {scenario.name}: {bug}")
    return Closed(utc())


def _first(group: BaseExceptionGroup[HarnessError]) -> HarnessError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, HarnessError)  # noqa: S101 - a group of them holds nothing else
    return error


_AT_ONCE, _AT_REST = 2.0, 10.0  # the sample rate, in seconds, that is asked for at first contact, and at the end
