"""Drives a target through scenarios and records all that passes. One coroutine from curtain up to curtain down."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from harness import provenance
from harness.broker import embedded_broker
from harness.clock import Clock, new_loop, utc
from harness.driving.cloud import Cloud, NotReachedError
from harness.driving.counterpart import Counterpart
from harness.driving.device import Device
from harness.driving.scenario import Scenario
from harness.errors import HarnessError, LinkError
from harness.judging.verdict import NotApplicable
from harness.record import Began, Closed, Ended, Opened
from harness.judging.requirement import Spec
from harness.target import Stand, Target
from harness.trace import FORMAT, Recorder
from harness.wire.link import connect
from harness.wire.topics import Topics

FIRST_WORD = 30.0  # seconds that a device may take to be heard at all
ANSWER = 5.0  # seconds after which the next config may be sent though this one was not answered
BACK_TO_BASE = 20.0  # seconds that a point may take to be free again

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
    began = Began(
        utc(), FORMAT, provenance.harness(), Spec.UDMI_1_5, clock, target.name, target.profile.as_dict()
    )
    recorder.append(began)
    broken_off: str | None = "interrupted"
    try:
        async with target.open(embedded_broker) as stand, _cloud(target, stand, recorder) as cloud:
            await _play_all(scenarios, cloud, target, stand, recorder, progress)
        broken_off = None
    except* HarnessError as group:
        error = _first(group)
        broken_off = str(error)
        raise error from None
    finally:
        recorder.append(Ended(utc(), broken_off))


@asynccontextmanager
async def _cloud(target: Target, stand: Stand, recorder: Recorder) -> AsyncIterator[Cloud]:
    """The cloud, listening; when it leaves, after Ctrl-C too, no point stays written."""
    topics = Topics.of(target.profile.id)
    async with connect(stand.endpoint, "setpoint-cloud") as link, asyncio.TaskGroup() as tasks:
        cloud = Cloud(link, topics, Counterpart(target.profile.points), recorder)
        attending = tasks.create_task(cloud.attend())
        await link.subscribe(topics.state, topics.telemetry)
        try:
            yield cloud
        finally:
            await cloud.want_nothing(_AT_REST, "farewell")
            attending.cancel()


async def _play_all(
    scenarios: Sequence[Scenario],
    cloud: Cloud,
    target: Target,
    stand: Stand,
    recorder: Recorder,
    progress: Progress,
) -> None:
    silence = await _first_contact(cloud)
    patience = BACK_TO_BASE
    for scenario in scenarios:
        progress(scenario.name)
        device = Device(target.profile, stand.provoker, recorder)
        obstacle = silence or await _rest(cloud, scenario.sample_rate, patience)
        patience = 0 if obstacle else BACK_TO_BASE  # who did not come back in all that time is not waited for again
        recorder.append(Opened(utc(), scenario.name))
        closed = Closed(utc(), cut_short=obstacle) if obstacle else await _play(scenario, cloud, device)
        recorder.append(closed)
        await device.undo()


async def _play(scenario: Scenario, cloud: Cloud, device: Device) -> Closed:
    try:
        await scenario.drive(cloud, device)
    except NotReachedError as in_vain:
        return Closed(utc(), cut_short=str(in_vain))
    except NotApplicable as lack:
        return Closed(utc(), not_applicable=str(lack))
    except LinkError:
        raise
    except Exception as bug:  # noqa: BLE001 - ours, and never the device's failure: its judgements say so
        return Closed(utc(), our_fault=f"{type(bug).__name__} in scenario {scenario.name}: {bug}")
    return Closed(utc())


async def _first_contact(cloud: Cloud) -> str | None:
    """The cloud speaks first. Why it makes no sense to go on, if it does not: telemetry is the witness of every write."""
    await cloud.want_nothing(_AT_ONCE, "first contact")
    try:
        await cloud.until_answered(at_most=FIRST_WORD)
    except NotReachedError:
        return f"the device did not report any state within {FIRST_WORD:g} s"
    try:
        await cloud.until_telemetry(at_most=FIRST_WORD)
    except NotReachedError:
        return f"the device sent no telemetry within {FIRST_WORD:g} s, though it was asked for every {_AT_ONCE:g} s"
    return None


async def _rest(cloud: Cloud, sample_rate: float, patience: float) -> str | None:
    """Release every point, so that each scenario starts from the base state; why not, if one does not come back."""
    await cloud.want_nothing(sample_rate, "rest")
    await cloud.allow_answer(at_most=ANSWER)
    if cloud.stands_at_base():
        return None
    try:
        await cloud.until_state(lambda _: cloud.stands_at_base(), "every point is free again", at_most=patience)
    except NotReachedError as in_vain:
        return str(in_vain)
    return None


def _first(group: BaseExceptionGroup[HarnessError]) -> HarnessError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, HarnessError)  # noqa: S101 - a group of them holds nothing else
    return error


_AT_ONCE, _AT_REST = 2.0, 10.0  # the sample rate, in seconds, that is asked for at first contact, and at the end
