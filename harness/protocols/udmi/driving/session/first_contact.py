"""First contact: the cloud speaks first, and the device says where it stands, before anything is written to it."""

from dataclasses import dataclass

from harness.driving.counterparts import DriveContext
from harness.driving.not_reached import NotReachedError
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.session.base_state import ANSWER, BACK_TO_BASE
from harness.protocols.udmi.driving.session.device_recovery import AT_ONCE, FIRST_WORD
from harness.protocols.udmi.profile import PointKind, Profile
from harness.protocols.udmi.words.spec_detection import DetectedSpec, detected_spec
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received


@dataclass(frozen=True, slots=True)
class FirstContact:
    """The device of that profile is met by the cloud."""

    cloud: Cloud
    profile: Profile
    context: DriveContext

    async def made(self) -> str | None:
        """Why it makes no sense to go on: nobody is heard, or another spec is. None where it does.

        Telemetry is waited for, which is the proof of every write. A device without points sends none, and is never
        written to: of it a state is waited for.
        """
        await self.cloud.want_nothing(AT_ONCE, "first contact")
        try:
            await (self.cloud.until_sampled if self.profile.points else self.cloud.until_known)(at_most=FIRST_WORD)
        except NotReachedError:
            missing = "telemetry" if self.cloud.heard.state else "state and no telemetry"
            missing = missing if self.profile.points else "state"
            silence = f"the device sent no {missing} within {FIRST_WORD:g} s, though asked for it every {AT_ONCE:g} s"
            self.context.progress.tell(f"{silence}: nothing more is driven")
            return f"{silence}; `setpoint doctor` with the same --device and --profile looks for why"
        await self.cloud.allow_answer(at_most=ANSWER)
        detected = self._detected()
        if detected is None and self.cloud.heard.state is None:
            await self._draw_out()
            detected = self._detected()
        return str(detected) if detected else None

    def _detected(self) -> DetectedSpec | None:
        """The spec that the device speaks, if it is another: then no write is made, as it could mean anything."""
        topic, records = Topics.of(self.profile.id, self.profile.topics).state, self.context.recorder.records
        heard = (record for record in records if isinstance(record, Received) and record.topic == topic)
        return detected_spec(self.cloud.spec, (record.payload for record in heard if not record.retain))

    async def _draw_out(self) -> None:
        """Have one that speaks only of changes say where it stands, so that no scenario depends on those before it.

        One that says nothing even to a write is written to no more, so that it costs one wait.
        """
        points = self.profile.of_kind(PointKind.WRITABLE)
        if not points:
            return
        patience = self.profile.patience("in_time", BACK_TO_BASE)
        self.cloud.let_writes_last(lambda: patience)
        await self.cloud.write(points[0].to(points[0].good[0], "drawn out"), label="drawing out")
        await self.cloud.allow_news(at_most=patience)
        if self.cloud.heard.state is None:
            self.cloud.stop_writing(f"the device reported no state within {patience:g} s of a write")
