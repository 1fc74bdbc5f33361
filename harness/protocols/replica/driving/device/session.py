"""A stay of the replica opposite a device: how scenarios come to a device that is there, and at rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from harness.clock import is_virtual
from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.not_reached import NotReachedError
from harness.driving.playing.contact_attempts import ContactAttempts
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.errors import UsageError
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile, device_profile
from harness.protocols.replica.driving.device.counterpart import PlayedReplica, ReplicaDocument
from harness.protocols.replica.driving.device.device import Device
from harness.protocols.replica.driving.device.property_choice import PropertyChoice, base, other
from harness.protocols.replica.driving.device.replica import ReplicaSide
from harness.protocols.replica.driving.device.watched_replica import WatchedReplica
from harness.protocols.replica.driving.not_played import check_device_in_a_pair
from harness.protocols.replica.words.content import object_in
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import AnswerLevel, Operation

FIRST_WORD = 30.0  # seconds that a device may take to be heard at all
TO_REST = 15.0  # seconds that it may take to be at its base values
QUIET, QUIET_VIRTUALLY = 15.0, 65.0  # seconds in which a device repeats what was left without an answer, or refused
ANSWERED_WITHIN = 3.0  # seconds in which a replica that is there already answers


class ReplicaDeviceSession(SubjectSession):
    """One stay of the replica on the device's broker."""

    def __init__(self, context: DriveContext, replica: ReplicaSide) -> None:
        self._context, self._replica = context, replica
        self._attempts = ContactAttempts(context.running.provoker, context.recorder, context.link)
        self._device: Device | None = None

    async def meet(self) -> str | None:
        """First contact: the device is started, or cut off, or told to change something, until it says anything."""
        for bring_about in (self._restart, self._attempts.cut_off, self._want_something):
            if await bring_about() and await self._is_heard():
                await self._replica.allow_reports(at_most=TO_REST)
                return None
        return f"the device asked for nothing within {FIRST_WORD:g} s"

    async def rest(self, scenario: Scenario) -> str | None:
        """Every property that may be set has its base value, as far as the device does what it is told."""
        del scenario
        replica = self._replica
        await replica.recovers()
        if replica.left_open:
            await replica.until_quiet(QUIET_VIRTUALLY if is_virtual() else QUIET)
        wanted: dict[tuple[str, ...], JSON] = {one.path: base(one) for one in replica.profile.settable}
        if dict(replica.desired) != wanted or not replica.is_met:
            await replica.goes_to_rest({one: base(one) for one in replica.profile.settable})
            await replica.allow_reports(at_most=TO_REST + self._context.longest_stretch)
        return None

    def hands(self, scenario: Scenario) -> Hands:
        """The replica, the device, and what the scenario demands of its profile.

        Raises NotPlayed where the replica is under test as well, and the scenario takes one that is played.
        """
        if self._context.opposite is not None:
            check_device_in_a_pair(scenario)
        context, choice = self._context, PropertyChoice(self._replica.profile)
        self._device = Device(context.running.provoker, context.recorder, context.link, scenario)
        demanded = {name: ask(choice) for name, ask in scenario.demands.items()}
        return {"replica": self._replica, "device": self._device, **demanded}

    async def undo(self, *, is_interrupted: bool) -> None:
        """Nothing stays wrong."""
        del is_interrupted
        self._replica.stop()
        await self._replica.recovers()
        if self._device:
            await self._device.undo()

    async def _is_heard(self) -> bool:
        try:
            await self._replica.until_heard(at_most=FIRST_WORD, beyond=0)
        except NotReachedError:
            return False
        return True

    async def _restart(self) -> bool:
        return await self._attempts.restart() or self._replica.heard > 0

    async def _want_something(self) -> bool:
        wanted = {one: other(one) for one in self._replica.profile.settable[:1]}
        await self._replica.wants(wanted, "first contact")
        return bool(wanted)


class ReplicaDeviceCounterparts:
    """The replica. Its document outlasts a lost link. `document`: an empty one, as suites think of it."""

    def __init__(self, context: DriveContext, document: ReplicaDocument) -> None:
        self._context = context
        self._profile = profile_under(context.spec, context.profile)
        self._played = PlayedReplica(self._profile, document)

    @asynccontextmanager
    async def session(self, retained: RetainedConfig) -> AsyncIterator[ReplicaDeviceSession]:
        """As long as the block lasts. Raises LinkError; UsageError where a replica is there already."""
        context, profile = self._context, self._profile
        retained.is_put_back = True
        if context.running.is_shared and context.opposite is None:
            await refuse_another(retained.endpoint, profile)
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            side = ReplicaSide if context.opposite is None else WatchedReplica
            replica = side(link, self._played, context.recorder, context.progress)
            await link.subscribe(*(profile.outboxes if context.opposite is None else profile.own_filters))
            attending = tasks.create_task(replica.attend())
            try:
                yield ReplicaDeviceSession(context, replica)
            finally:
                attending.cancel()


def profile_under(spec: str, declared: object) -> DeviceProfile:
    """The profile of a device that uses the topics of the spec. Raises UsageError where it is another's."""
    profile, wanted = device_profile(declared), ReplicaSpec(spec).scheme
    if profile.scheme is not wanted:
        raise UsageError(f'{spec} has topics of its own: the profile needs the line scheme = "{wanted}"')
    return profile


async def refuse_another(endpoint: Endpoint, profile: DeviceProfile) -> None:
    """Raises UsageError where a replica answers for that device already: two would contradict each other."""
    topics = [profile.topic(Operation.GET, level) for level in (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)]
    token = f"{OURS}probe"
    async with connect(endpoint, f"{OURS}probe-{profile.name_on_a_broker}") as link:
        await link.subscribe(*topics)
        await link.publish(profile.topic(Operation.GET), f'{{"clientToken":"{token}"}}'.encode())
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWERED_WITHIN + profile.network_allowance):
                async for heard in link.deliveries():
                    body = object_in(heard.payload)
                    if not heard.retain and body is not None and body.get("clientToken") in (token, None):
                        raise UsageError(
                            f"a replica on {endpoint} answers for {profile.id} already, at {heard.topic}: the "
                            "harness plays one itself, so stop that one, or have the device on another broker"
                        )
