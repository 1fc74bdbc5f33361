"""Drives a target and records all that passes: one coroutine from curtain up to curtain down."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness import provenance
from harness.broker.embedded import embedded_broker
from harness.clock import Clock, new_loop, utc
from harness.driving.counterpart import Counterpart
from harness.driving.device_link import DeviceLink
from harness.driving.manners import LOOKS_FOR, Manners
from harness.driving.presence import present
from harness.driving.progress import Progress
from harness.driving.scenario import Scenario
from harness.driving.stage import Stage
from harness.driving.stalls import stalls_recorded
from harness.driving.witness import Witness
from harness.errors import HarnessError, LinkError, first_of
from harness.judging.reading import reader_of
from harness.record import Began, Ended, Record
from harness.target import Bench, Stand, StartBroker, Target
from harness.trace import FORMAT, Recorder
from harness.wire.client_id import of_the_cloud
from harness.wire.endpoint import Endpoint
from harness.wire.link import connect
from harness.wire.spec import Spec
from harness.wire.topics import Topics

BACK_WITHIN = 60.0  # seconds that a broker which went away may take to come back
_BETWEEN_TRIES = 1.0  # seconds
_LOSSES = 2  # that are taken in a row without any scenario being begun in between


@dataclass(frozen=True, slots=True)
class Play:
    """What is to be driven, in which time, and by which spec.

    `clear`: leave no config behind where there was none before. `met` is shown what was recorded once the device was
    first met, before any scenario. `folder`: where the run lands, beside those before it. `watches`: whether the broker
    tells what it sees, where it is ours.
    """

    target: Target
    scenarios: Sequence[Scenario]
    clock: Clock
    start_broker: StartBroker = embedded_broker
    clear: bool = False
    met: Callable[[Sequence[Record]], None] = lambda _records: None
    spec: Spec = Spec.UDMI_1_5
    folder: Path | None = None
    options: tuple[str, ...] = ()
    watches: bool = True


def perform(play: Play, recorder: Recorder, progress: Progress) -> None:
    """Play every scenario against the target, one after the other. Raises LinkError where the link is lost for good."""
    with asyncio.Runner(loop_factory=lambda: new_loop(play.clock)) as runner:
        runner.run(_perform(play, recorder, progress))


async def _perform(play: Play, recorder: Recorder, progress: Progress) -> None:
    target = play.target
    profile = target.profile.as_dict()
    began = Began(utc(), FORMAT, provenance.harness(), play.spec, play.clock, target.name, profile, play.options)
    recorder.append(began)
    broken_off: str | None = "interrupted"
    try:
        witness = Witness(recorder, Topics.of(target.profile.id, target.profile.topics).config)
        bench = Bench(play.start_broker, progress.ask, progress.tell, witness.see if play.watches else None)
        async with stalls_recorded(play.clock, recorder, progress.tell), target.open(bench) as stand:
            await _on_the_stand(play, stand, witness, recorder, progress)
        broken_off = None
    except* HarnessError as group:
        error = first_of(group)
        broken_off = str(error)
        raise error from None
    except* Exception as group:
        broken_off = f"Setpoint itself failed: {group.exceptions[0]!r}"
        raise
    finally:
        recorder.append(Ended(utc(), broken_off))


async def _on_the_stand(play: Play, stand: Stand, witness: Witness, recorder: Recorder, progress: Progress) -> None:
    """All scenarios; where the link is lost in the middle of one, those that follow have a new link."""
    profile = play.target.profile
    topics = Topics.of(profile.id, profile.topics)
    manners = Manners(
        stand.endpoint,
        of_the_cloud(profile.id),
        topics,
        play.clear,
        max(LOOKS_FOR, 2 * profile.network_allowance),
        play.folder.parent if play.folder else None,
        progress.tell,
    )
    if stand.is_shared:
        await manners.look(recorder)
    link = DeviceLink(stand.network, witness, topics.config, recorder, progress, play.clock) if stand.network else None
    counterpart, left = Counterpart(profile.points, reader_of(play.spec)), deque(play.scenarios)
    losses = 0  # since a scenario was begun: a broker that hangs up on what we send would be tried for ever
    try:
        while True:
            begun = len(left)
            try:
                async with present(
                    manners, counterpart, recorder, progress, allowance=profile.network_allowance
                ) as cloud:
                    await Stage(profile, stand, cloud, recorder, progress, play.met, link).play(left)
            except* LinkError as group:
                lost = first_of(group)
                losses = losses + 1 if len(left) == begun else 1
                if losses > _LOSSES or not await is_back(stand.endpoint, manners.client_id, progress, lost):
                    raise lost from None
            else:
                return
    finally:
        if not manners.is_put_back:
            lay = f"what lay at {topics.config} could not be put back"
            progress.tell(f"{lay}: `setpoint restore {play.folder or 'RUN'}` does it")


async def is_back(endpoint: Endpoint, client_id: str, progress: Progress, lost: HarnessError) -> bool:
    """Whether the broker can be reached again, in a while at most."""
    progress.tell(f"{lost}; trying again for {BACK_WITHIN:g} s")
    give_up = utc() + BACK_WITHIN
    while utc() < give_up:
        await asyncio.sleep(_BETWEEN_TRIES)
        with suppress(LinkError):
            async with connect(endpoint, client_id):
                return True
    return False
