"""Restores a device's config topic after runs that were killed: their own configs go, a foreign config stays."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from harness import provenance
from harness.clock import Clock, utc
from harness.driving.progress import Unseen
from harness.driving.shared_broker.abandoned_config import leftover
from harness.driving.shared_broker.claim import Claim
from harness.driving.shared_broker.retained_config import LOOKS_FOR, RetainedConfig, retained_message
from harness.driving.shared_broker.run_notes import RunNote, RunNotes
from harness.errors import HarnessError, UsageError, first_of
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.driving.session.cloud_session import AT_REST, present
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Began, Found, Record, Sent
from harness.record.lines import FORMAT
from harness.record.trace import Recorder

ANSWERS_WITHIN = 20.0  # seconds that a device has to say that it is released


@dataclass
class DeviceRestoring:
    """`found`: what lay there before the run that was named; None: nothing did. `reports`: the traces of all runs.

    `force`: what lies there now goes, whosoever it is. `takes_over`: so does the run that has the device now. What is
    sent is written down by the `recorder`. `knows_nothing`: the run that was named had sent nothing yet.
    """

    endpoint: Endpoint
    profile: Profile
    spec: Spec
    found: bytes | None
    reports: Path
    force: bool = False
    takes_over: bool = False
    recorder: Recorder = field(default_factory=Recorder)
    knows_nothing: bool = False
    is_done: bool = False

    @classmethod
    def of_run(
        cls,
        run: Sequence[Record],
        endpoint: Endpoint,
        reports: Path,
        recorder: Recorder,
        *,
        force: bool = False,
        takes_over: bool = False,
    ) -> "DeviceRestoring":
        """For the device of that run, whose records begin with what was driven."""
        began, *rest = run
        assert isinstance(began, Began)  # noqa: S101 - whoever reads a trace sees to it
        return cls(
            endpoint,
            Profile.from_dict(began.profile),
            Spec(began.spec),
            next((record.payload for record in rest if isinstance(record, Found)), None),
            reports,
            force,
            takes_over,
            recorder,
            knows_nothing=not any(isinstance(record, Sent) for record in rest),
        )

    async def restore(self, tell: Callable[[str], None]) -> str:
        """A sentence on the change. Raises LinkError, and UsageError where the config there is not ours."""
        said, problem = "", None
        try:
            claim = Claim(self.endpoint, self.profile, tell, self.takes_over)
            async with claim.held():
                claim.tell_doubt()
                said = await self._restore()
        except* HarnessError as group:
            problem = first_of(group)
        if problem:
            raise problem
        return said

    async def _restore(self) -> str:
        topic, client_id = self.profile.inbox, f"{OURS}restore-{self.profile.name_on_a_broker}"
        lies = await retained_message(
            self.endpoint, client_id, topic, max(LOOKS_FOR, 2 * self.profile.network_allowance)
        )
        notes, where = RunNotes.of(self.endpoint, self.profile), f"{topic} at {self.endpoint}"
        before = self._before(lies, await notes.read(), where)
        if before is None and lies is not None:
            notes.begin(None, lies)
            return f"{where} {await self._release(client_id, notes)}"
        async with connect(self.endpoint, client_id) as link:
            if lies != before:
                await link.publish(topic, before or b"", retain=True)
            for place, nothing in notes.cleared():
                await link.publish(place, nothing, retain=True)
        self.is_done = True
        return f"{where} is what it was: {_words(before)}"

    def _before(self, lies: bytes | None, note: RunNote | None, where: str) -> bytes | None:
        """The config that was retained before the first run of a chain."""
        if lies and note and note.is_of(lies):
            return note.found
        ours = leftover(self.reports, self.profile.inbox, lies) if lies else None
        if ours:
            return ours.found
        if self.knows_nothing:
            return lies
        if lies and lies != self.found and not self.force:
            raise UsageError(
                f"{where} holds {_words(lies)} that no run in {self.reports} has sent: somebody spoke there since; "
                "--force puts back all the same what the run had found"
            )
        return self.found

    async def _release(self, client_id: str, notes: RunNotes) -> str:
        """Release the device's points, and only then clear its topic."""
        retained = RetainedConfig(self.endpoint, client_id, self.profile.inbox, notes=notes)
        counterpart = Counterpart(self.profile.points, reader_of(self.spec), self.profile.wiring)
        allowance = self.profile.network_allowance
        with suppress(UsageError):  # a full disk does not prevent restoring
            began = Began(
                utc(), FORMAT, provenance.harness(), self.spec, Clock.REAL, str(self.endpoint), self.profile.as_dict()
            )
            self.recorder.append(began)
        notes.stay = True  # until it has answered: this may be interrupted as well
        topics = Topics.of(self.profile.id, self.profile.topics)
        async with present(retained, topics, counterpart, self.recorder, Unseen(), allowance=allowance) as cloud:
            await cloud.want_nothing(AT_REST, "restore")
            self.is_done = retained.clear = await cloud.allow_answer(at_most=ANSWERS_WITHIN)
            notes.stay = not self.is_done
        if self.is_done:
            return "is empty, as it was, and the device is released"
        return (
            f"was empty; as the device said nothing in {ANSWERS_WITHIN:g} s, a config that wants nothing lies there "
            "for it: call this once more when it is back"
        )


def _words(payload: bytes | None) -> str:
    return f"{len(payload)} bytes" if payload else "nothing"
