"""Plays scenarios one after the other, each from the base state, to which nothing is left that was provoked."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from harness.clock import utc
from harness.driving.attention import NotReachedError
from harness.driving.cloud import Cloud
from harness.driving.device import Device
from harness.driving.device_link import DeviceLink, Needs
from harness.driving.progress import Progress
from harness.driving.scenario import Scenario
from harness.errors import LinkError
from harness.judging.verdict import NotApplicable, OutOfView
from harness.profile import Kind, Profile
from harness.provoke import CannotProvoke
from harness.record import Closed, Opened, Received, Record, Stalled
from harness.target import Stand
from harness.trace import Recorder
from harness.wire.accent import Accent, accent_of
from harness.wire.topics import Topics

FIRST_WORD = 30.0  # seconds that a device may take to be heard at all
ANSWER = 5.0  # seconds after which the next config may be sent though this one was not answered
BACK_TO_BASE = 20.0  # seconds that a point may take to be free again, and the first state to come
STALLED = 1.0  # seconds for which our own machine may stall in a scenario before that is driven again, once


@dataclass
class Stage:
    """`silence`: why it makes no sense to play on. `patience`: seconds that a point is waited for to be free again.

    `met` is shown the record as it stands after first contact. `link` is the device's connection, None where it is not
    ours to break.
    """

    profile: Profile
    stand: Stand
    cloud: Cloud
    recorder: Recorder
    progress: Progress
    met: Callable[[Sequence[Record]], None] = lambda _records: None
    link: DeviceLink | None = None
    silence: str | None = None
    patience: float = BACK_TO_BASE
    driven_again: set[str] = field(default_factory=set)

    async def play(self, left: deque[Scenario]) -> None:
        """Takes what it has begun off what is left."""
        if not left:
            return
        self.silence = await self._first_contact()
        self.met(self.recorder.records)
        while left:
            scenario = left[0]
            if scenario.needs and not self._offers(scenario.needs):
                self.recorder.append(Opened(utc(), left.popleft().name))
                self.recorder.append(Closed(utc(), out_of_view=str(OutOfView.without(scenario.needs))))
                continue
            if not self.silence:
                self.progress.scenario(scenario.name)
            obstacle = self.silence or await self._rest(scenario.sample_rate)
            device = Device(self.profile, self.stand.provoker, self.recorder, self.link)
            place = self.recorder.append(Opened(utc(), left.popleft().name))  # from here on it is not begun again
            closed = Closed(utc(), cut_short="broken off in the middle: the link was lost, or the run was interrupted")
            try:
                closed = Closed(utc(), cut_short=obstacle) if obstacle else await _drive(scenario, self.cloud, device)
            except LinkError as lost:
                closed = Closed(utc(), cut_short=f"the link was lost: {lost}")
                raise
            finally:  # after Ctrl-C too, nothing stays provoked
                self.recorder.append(replace(closed, time=utc()))
                if _is_interrupted():  # undoing may mean to ask a person, and writes are not to wait for that
                    await self.cloud.want_nothing(scenario.sample_rate, "interrupted")
                await device.undo()
            if not obstacle and self._is_to_be_driven_again(scenario.name, place):
                left.appendleft(scenario)

    def _is_to_be_driven_again(self, name: str, opened: int) -> bool:
        """What our own machine slept through shows little of the device; what is driven last is judged."""
        stalled = sum(record.seconds for record in self.recorder.records[opened:] if isinstance(record, Stalled))
        if stalled <= STALLED or name in self.driven_again:
            return False
        self.driven_again.add(name)
        self.progress.tell(f"{name} is driven again, as this machine stalled for {stalled:.1f} s in it")
        return True

    def _offers(self, needed: Needs) -> bool:
        """Whether the target has what a scenario takes."""
        return self.link is not None and (needed is Needs.OUR_BROKER or self.link.has_tls)

    async def _first_contact(self) -> str | None:
        """The cloud speaks first, and waits for telemetry, which is the witness of every write."""
        await self.cloud.want_nothing(_AT_ONCE, "first contact")
        try:
            await self.cloud.until_sampled(at_most=FIRST_WORD)
        except NotReachedError:
            missing = "telemetry" if self.cloud.heard.state else "state and no telemetry"
            silence = f"the device sent no {missing} within {FIRST_WORD:g} s, though asked for it every {_AT_ONCE:g} s"
            self.progress.tell(f"{silence}: nothing more is driven")
            return f"{silence}; `setpoint doctor` with the same --device and --profile looks for why"
        await self.cloud.allow_answer(at_most=ANSWER)
        accent = self._accent()
        if accent is None and self.cloud.heard.state is None:
            await self._draw_out()
            accent = self._accent()
        return str(accent) if accent else None

    def _accent(self) -> Accent | None:
        """What the device speaks, if it is another spec: then nothing is written to it that means something else."""
        topic = Topics.of(self.profile.id, self.profile.topics).state
        heard = (record for record in self.recorder.records if isinstance(record, Received) and record.topic == topic)
        return accent_of(self.cloud.spec, (record.payload for record in heard if not record.retain))

    async def _draw_out(self) -> None:
        """Have one that speaks only of changes say where it stands, so that no scenario depends on those before it.

        One that says nothing even to a write is written to no more, so that it costs one wait.
        """
        points = self.profile.of_kind(Kind.WRITABLE)
        if not points:
            return
        await self.cloud.write(points[0].to(points[0].good[0], "drawn out"), label="drawing out")
        await self.cloud.allow_news(at_most=BACK_TO_BASE)
        if self.cloud.heard.state is None:
            self.cloud.stop_writing(f"the device reported no state within {BACK_TO_BASE:g} s of a write")

    async def _rest(self, sample_rate: float) -> str | None:
        """Release every point, so that each scenario starts from the base state; why not, if one does not come back."""
        cloud = self.cloud
        await cloud.want_nothing(sample_rate, "rest")
        if cloud.heard.state is None:
            return None
        await cloud.allow_answer(at_most=ANSWER)
        if cloud.heard.stands_at_base:
            return None
        free = "every point is free again"
        try:
            await cloud.until_state(lambda _: cloud.heard.stands_at_base, free, at_most=self.patience)
        except NotReachedError:
            self.patience = 0  # who did not come back in all that time is not waited for again
            return f"waited {BACK_TO_BASE:g} s until {free}, in vain"
        return None


def _is_interrupted() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _drive(scenario: Scenario, cloud: Cloud, device: Device) -> Closed:
    try:
        await scenario.drive(cloud, device)
    except NotReachedError as in_vain:
        return Closed(utc(), cut_short=str(in_vain))
    except NotApplicable as lack:
        return Closed(utc(), not_applicable=str(lack))
    except OutOfView as unseen:
        return Closed(utc(), out_of_view=str(unseen))
    except CannotProvoke as lack:
        return Closed(utc(), cut_short=str(lack))
    except LinkError:
        raise
    except Exception as bug:  # noqa: BLE001 - ours, and never the device's failure: its judgements say so
        return Closed(utc(), our_fault=f"{type(bug).__name__} in scenario {scenario.name}: {bug}")
    return Closed(utc())


_AT_ONCE = 2.0  # the sample rate, in seconds, that is asked for at first contact
