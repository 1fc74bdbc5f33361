"""The cloud opposite a UDMI device: how scenarios come to a device that is there, at rest, and left as it was found."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.driving.demands import met
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.driving.scenario_terms import DevicePace, terms_of
from harness.protocols.udmi.driving.session.base_state import BACK_TO_BASE, BaseState
from harness.protocols.udmi.driving.session.cloud_session import present
from harness.protocols.udmi.driving.session.device_recovery import BOOTS_IN, DeviceRecovery
from harness.protocols.udmi.driving.session.first_contact import FirstContact
from harness.protocols.udmi.profile import PointKind, Profile, udmi_profile
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.topics import Topics


class DeviceSession(SubjectSession):
    """One stay of the cloud on the device's broker."""

    def __init__(self, context: DriveContext, profile: Profile, cloud: Cloud) -> None:
        self._context, self._profile, self._cloud = context, profile, cloud
        self._base = BaseState(cloud, profile.points, context.progress.tell, profile.patience("in_time", BACK_TO_BASE))
        self._settles_in = _settles_in(profile)
        self._rate = 0.0
        self._device: Device | None = None

    async def meet(self) -> str | None:
        """First contact: why it makes no sense to go on."""
        return await FirstContact(self._cloud, self._profile, self._context).made()

    async def rest(self, scenario: Scenario) -> str | None:
        """Each scenario starts from the base state, on a device that is there; why not, where nobody can be driven."""
        context, profile = self._context, self._profile
        tracker = context.link.tracker if context.link else None
        life = DeviceRecovery(
            self._cloud,
            context.running.provoker,
            context.recorder,
            context.progress.tell,
            tracker,
            profile.patience("boots_in", BOOTS_IN),
        )
        if not await self._base.reach(terms_of(scenario).sample_rate) and not life.is_heard:
            missing = await life.is_missing()
            if missing and (missing := await life.come_back(missing)):
                context.progress.tell(f"{missing}: nothing more is driven")
                return missing
            await self._base.reach(terms_of(scenario).sample_rate)
        await self._base.see_who_is_free()
        return None

    def hands(self, scenario: Scenario) -> Hands:
        """The cloud, the device of a scenario that begins, and what the scenario demands of it."""
        context, terms = self._context, terms_of(scenario)
        self._rate = terms.sample_rate
        longest_wait = terms.longest_wait
        self._cloud.let_writes_last((lambda: longest_wait(self._pace)) if longest_wait else None)
        self._device = Device(
            self._profile,
            context.running.provoker,
            context.recorder,
            context.link,
            held=self._base.held,
            settling=self._cloud.settling,
            scenario=scenario,
        )
        return {"cloud": self._cloud, "device": self._device, **met(scenario, self._device)}

    @property
    def _pace(self) -> DevicePace[object]:
        """Of the device, as far as it is known by now."""
        profile, heard, (settles_in, late_in) = self._profile, self._cloud.heard, self._settles_in
        return DevicePace(
            self._context.limits,
            settles_in=settles_in,
            late_in=late_in,
            fails_in=profile.time_to_failure or 0.0,
            provokes_within=self._context.running.provokes_within,
            allowance=profile.network_allowance,
            ahead=heard.clock_ahead,
            behind=heard.clock_behind,
        )

    async def undo(self, *, is_interrupted: bool) -> None:
        """Take back what was provoked; that may mean to ask a person, and no write waits for that if we are hurried."""
        if is_interrupted:
            await self._cloud.want_nothing(self._rate, "interrupted")
        if self._device:
            await self._device.undo()

    async def hear_out(self) -> None:
        """Entries of the log that the device gathers come late."""
        await self._cloud.listen_for_the_log()


def _settles_in(profile: Profile) -> tuple[float, float]:
    """The most that a point may take which is taken for a prompt one, as a slow one is where none is writable; and any.

    In seconds.
    """
    slow = [point.settles_in for point in profile.of_kind(PointKind.SLOW)]
    others = [point.settles_in for point in profile.points.values() if point.kind is not PointKind.SLOW]
    prompt = others if profile.of_kind(PointKind.WRITABLE) else [*others, *slow]
    return max(prompt, default=0.0), max([*others, *slow], default=0.0)


class DeviceCounterparts:
    """The cloud. What it has learnt of the device outlasts a lost link."""

    def __init__(self, context: DriveContext) -> None:
        self._context, self._profile = context, udmi_profile(context.profile)
        self._counterpart = Counterpart(self._profile.points, reader_of(context.spec), self._profile.wiring)

    @asynccontextmanager
    async def session(self, retained: RetainedConfig) -> AsyncIterator[DeviceSession]:
        """As long as the block lasts; at its end no point stays written. Raises LinkError."""
        context, profile = self._context, self._profile
        topics = Topics.of(profile.id, profile.topics)
        async with present(
            retained,
            topics,
            self._counterpart,
            context.recorder,
            context.progress,
            allowance=profile.network_allowance,
        ) as cloud:
            yield DeviceSession(context, profile, cloud)
