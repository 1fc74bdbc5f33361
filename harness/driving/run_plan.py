"""Drives a target and records all that passes: one coroutine from curtain up to curtain down."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from harness import provenance
from harness.broker.embedded import embedded_broker
from harness.clock import Clock, utc
from harness.crash import our_fault
from harness.driving.connection_tracker import ConnectionTracker
from harness.driving.counterparts import DriveContext
from harness.driving.device_link import DeviceLink
from harness.driving.episode_watch import EpisodeWatch, NobodyWatches
from harness.driving.progress import Progress
from harness.driving.scenario import Scenario
from harness.driving.scenario_runner import ScenarioRunner
from harness.driving.shared_broker.claim import Claim, TakenOverError
from harness.driving.shared_broker.retained_config import LOOKS_FOR, RetainedConfig
from harness.driving.shared_broker.run_notes import RunNotes
from harness.driving.stall_recorder import stalls_recorded
from harness.errors import HarnessError, LinkError, first_of
from harness.interruption import run
from harness.mqtt.client_id import of_the_cloud
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocol import Subject, default_spec, subject_speaking
from harness.record.kinds import Began, Ended, LinkLost, Record
from harness.record.lines import FORMAT
from harness.record.trace import Recorder
from harness.suite_limits import limits_in_force
from harness.target import HostServices, RunningTarget, StartBroker, Target
from harness.target.declared import Declared

BACK_WITHIN = 60.0  # seconds that a broker which went away may take to come back
_BETWEEN_TRIES = 1.0  # seconds
_LOSSES = 2  # that are taken in a row without any scenario being begun in between


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The scenarios to drive, the clock, the spec, and how the device is met.

    `clear`: leave no config behind where there was none before. `met` is shown what was recorded once the device was
    first met, before any scenario. `folder`: where the run lands, beside those before it. `watches`: whether the broker
    tells what it sees, where it is ours. `takes_over`: another run that has the device is to end. `subject`: the name
    of what is driven; empty: the first that speaks the spec. `opposite`: what is declared of the thing opposite it, if
    that is under test as well. `watch` is shown each episode as it is closed, and may have the drive end there.
    """

    target: Target
    scenarios: Sequence[Scenario]
    clock: Clock
    start_broker: StartBroker = embedded_broker
    clear: bool = False
    met: Callable[[Sequence[Record]], None] = lambda _records: None
    spec: str = field(default_factory=default_spec)
    folder: Path | None = None
    options: tuple[str, ...] = ()
    watches: bool = True
    takes_over: bool = False
    subject: str = ""
    opposite: Declared | None = None
    watch: EpisodeWatch = field(default_factory=NobodyWatches)

    @property
    def driven(self) -> Subject:
        """The kind of thing that is driven."""
        return subject_speaking(self.spec, self.subject)


def drive_target(plan: RunPlan, recorder: Recorder, progress: Progress) -> None:
    """Play every scenario against the target, one after the other.

    Raises LinkError where the link is lost for good, and KeyboardInterrupt where a signal ended it.
    """
    run(_perform(plan, recorder, progress), plan.clock)


def leave_undriven(plan: RunPlan, recorder: Recorder, why: str) -> None:
    """Record that the target was to be driven, and was not: judgements on it say so."""

    async def record() -> None:
        recorder.append(_began(plan))
        recorder.append(Ended(utc(), why))

    run(record(), plan.clock)


def _began(plan: RunPlan) -> Began:
    target = plan.target
    facts = (plan.spec, plan.clock, target.name, target.profile.as_dict(), plan.options, plan.driven.name)
    return Began(utc(), FORMAT, provenance.harness(), *facts)


async def _perform(plan: RunPlan, recorder: Recorder, progress: Progress) -> None:
    target = plan.target
    recorder.append(_began(plan))
    broken_off: str | None = "interrupted"
    try:
        tracker = ConnectionTracker(recorder, target.profile.inbox, progress.tell)
        services = HostServices(plan.start_broker, progress.ask, progress.tell, tracker.see if plan.watches else None)
        async with stalls_recorded(plan.clock, recorder, progress.tell), target.open(services) as running:
            await _drive_all(plan, running, tracker, recorder, progress)
        broken_off = plan.watch.ended
    except* HarnessError as group:
        error = first_of(group)
        broken_off = str(error)
        raise error from None
    except* Exception as group:
        broken_off = our_fault(group)
        raise
    finally:
        recorder.append(Ended(utc(), broken_off))


async def _drive_all(
    plan: RunPlan, running: RunningTarget, tracker: ConnectionTracker, recorder: Recorder, progress: Progress
) -> None:
    """All scenarios; where the link is lost in the middle of one, those that follow have a new link.

    On a broker that others use too the device is ours meanwhile, and its topic is left as it was found.
    """
    profile = plan.target.profile
    limits = limits_in_force(plan.driven, profile.as_dict())
    retained = RetainedConfig(
        running.endpoint,
        of_the_cloud(profile.name_on_a_broker),
        profile.inbox,
        plan.clear,
        max(LOOKS_FOR, 2 * profile.network_allowance),
        plan.folder.parent if plan.folder else None,
        progress.tell,
        RunNotes.of(running.endpoint, profile) if running.is_shared else None,
    )
    link = (
        DeviceLink(running.network, tracker, profile.inbox, recorder, progress, plan.clock) if running.network else None
    )
    context = DriveContext(profile, plan.spec, running, recorder, progress, link, limits, plan.opposite)
    counterparts, left = plan.driven.counterparts(context), deque(plan.scenarios)
    claim = Claim(running.endpoint, profile, progress.tell, plan.takes_over)
    losses = 0  # since a scenario was begun: a broker that hangs up on what we send would be tried for ever
    was_let_in = not running.is_shared  # else it is no loss, but an address, a login or a port to mend: told at once
    try:
        while True:
            begun = len(left)
            try:
                async with AsyncExitStack() as stack:
                    if running.is_shared:
                        await stack.enter_async_context(claim.held())
                        await retained.look_once(recorder)
                        was_let_in = True
                        claim.tell_doubt()
                    session = await stack.enter_async_context(counterparts.session(retained))
                    await ScenarioRunner(session, recorder, progress, limits, plan.met, link, plan.watch).run(left)
            except* LinkError as group:
                lost = first_of(group)
                recorder.append(LinkLost(utc(), str(lost)))
                losses = losses + 1 if len(left) == begun else 1
                is_over = isinstance(lost, TakenOverError) or losses > _LOSSES
                if is_over or not was_let_in or not await is_back(running.endpoint, retained.client_id, progress, lost):
                    raise lost from None
            else:
                return
    finally:
        if not retained.is_put_back:
            lay = f"what lay at {profile.inbox} could not be put back"
            progress.tell(f"{lay}: `setpoint restore {quote(str(plan.folder or 'RUN'))}` does it")


async def is_back(endpoint: Endpoint, client_id: str, progress: Progress, lost: HarnessError) -> bool:
    """Whether the broker can be reached again, in a while at most.

    One that lets us in at the first try was there all along: so it, the network or another client ended our session.
    """
    progress.tell(f"{lost}; trying again for {BACK_WITHIN:g} s")
    give_up, is_first = utc() + BACK_WITHIN, True
    while utc() < give_up:
        await asyncio.sleep(_BETWEEN_TRIES)
        with suppress(LinkError):
            async with connect(endpoint, client_id):
                if is_first:
                    name = endpoint.client_id or client_id
                    progress.tell(f"let in again at once; where that goes on, somebody else connects as {name}")
                return True
        is_first = False
    return False
