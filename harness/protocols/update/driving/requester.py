"""A counterpart that desires something of an agent, or of a device: it says, it asks and it waits, and never judges."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from harness.clock import utc
from harness.driving.not_reached import NotReachedError
from harness.driving.playing.played_side import PlayedSide
from harness.driving.playing.recorded_link import RecordedLink
from harness.driving.progress import Progress
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, Link, connect
from harness.payload.values import JSON
from harness.protocols.update.driving.knowledge import ActivityProgress, UpdateKnowledge
from harness.protocols.update.driving.wanted_state import Versions, found_state, wanted_state
from harness.protocols.update.profile import Deadline, UpdateProfile
from harness.protocols.update.words.desired_state import Baseline, DesiredState, read_desired_state
from harness.protocols.update.words.envelope import encoded, read_message
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.pairs import ConfigForm
from harness.protocols.update.words.topics import MessageKind
from harness.record.trace import Recorder
from harness.text import printable

LATE = "late"  # what records call the connection of a subscriber who comes later
_LOOKS_FOR = 1.0  # seconds: what is retained follows the SUBACK at once
_MARGIN = 2.0  # seconds for which a scenario waits longer than a deadline


@dataclass(frozen=True, slots=True)
class Links:
    """`link`: the counterpart's own. `endpoint`: where a subscriber who comes later connects."""

    link: Link
    endpoint: Endpoint


class Requester(PlayedSide):
    """All that it says is recorded before it leaves, and all that it hears when it comes.

    `connection`: what records call it.
    """

    connection = "requester"

    def __init__(self, links: Links, known: UpdateKnowledge, recorder: Recorder, progress: Progress) -> None:
        super().__init__(links.link, self.connection, recorder, progress)
        self._links, self._known = links, known

    @property
    def profile(self) -> UpdateProfile:
        """Of the thing under test."""
        return self._known.profile

    @property
    def heard(self) -> int:
        """How many messages came."""
        return self._known.heard

    @property
    def is_otherwise(self) -> bool:
        """Whether messages have an envelope where the profile says that they have none, or none."""
        return self._known.is_otherwise

    @property
    def versions(self) -> Mapping[str, str]:
        """Of every component that was shown last."""
        return self._known.versions()

    @property
    def inventory(self) -> Inventory | None:
        """The latest; None: none came."""
        return self._known.inventory

    @property
    def latest(self) -> str:
        """The activity that was begun last; "": none was."""
        return self._known.latest

    @property
    def progress(self) -> ActivityProgress:
        """Of the latest desired state."""
        return self._known.progress()

    def state(
        self, versions: Versions, baselines: Sequence[Baseline] = (), form: ConfigForm | None = None
    ) -> DesiredState:
        """The whole state: these versions; of other components that may be changed the first, else the one they have.

        A component whose version is None is to go. All that was there at first contact stays. `form`: of
        configurations; None: the usual one.
        """
        return wanted_state(self.profile, versions, {**self._known.found, **self.versions}, baselines, form)

    async def desires(
        self,
        versions: Versions,
        label: str,
        *,
        activity: str | None = None,
        baselines: Sequence[Baseline] = (),
        form: ConfigForm | None = None,
    ) -> str:
        """Desires these versions, and of everything else what there is: the activity."""
        return await self.desires_payload(self.state(versions, baselines, form).as_json(), label, activity=activity)

    async def desires_payload(
        self,
        payload: Mapping[str, JSON] | None,
        label: str,
        *,
        activity: str | None = None,
        beside: Mapping[str, JSON] | None = None,
        retain: bool = False,
    ) -> str:
        """Desires that, whatever it is: the activity. `beside`: more fields of the envelope.

        Raises NotReachedError before anything is sent, where the profile lacks a deadline by which to wait for it.
        """
        self.must_know_how_long()
        activity = activity or self.new_activity(label)
        content = self.encoded(payload, activity, beside)
        body = read_message(content, enveloped=self.profile.envelope).body
        self._known.begins(activity, read_desired_state(body) if body else DesiredState())
        await self.says(MessageKind.DESIRED_STATE, content, label, retain=retain)
        return activity

    @property
    def otherwise_than_at_rest(self) -> Sequence[tuple[str, str | None, str]]:
        """Each declared component that has another version than scenarios begin with: its id, that one, and this.

        One that may not be changed begins with the version that it has, if it has any.
        """
        shown, wanted = self.versions, self.state({}).versions()
        declared = [one.id for one in self.profile.components]
        return [(name, shown.get(name), wanted[name]) for name in declared if shown.get(name) != wanted.get(name)]

    @property
    def has_desired(self) -> bool:
        """Whether anything was desired in the run."""
        return bool(self._known.latest)

    async def knows_whether_it_is_as_found(self) -> bool:
        """Whether every component but those of played agents surely has the version of first contact.

        It is asked where nobody knows.
        """
        known = not self._known.is_stale
        if not known:
            with suppress(NotReachedError):
                await self.asks_and_waits("leave")
                known = True
        return known and bool(self._known.found) and not self._known.changed

    @property
    def otherwise_than_found(self) -> str:
        """One component that has another version than at first contact, in words; "": none is known to."""
        for name, before, after in self._known.changed:
            return printable(f"{name} is {after or 'gone'}, and was {before or 'not there'}")
        return ""

    async def desires_what_was_found(self) -> None:
        """Desires the versions of first contact; where no current state came then, the first of the profile."""
        if not self._known.found:
            await self.desires({}, "as found")
            return
        await self.desires_payload(found_state(self.profile, self._known.found).as_json(), "as found")

    async def puts_back(self, retained: RetainedConfig) -> None:
        """Nothing of ours stays retained, and what lay at the topic of desired states lies there again, if anything."""
        for topic in sorted(self._known.retained):
            await self.publish(topic, b"", "nothing is retained", retain=True)
        self._known.retained.clear()
        if retained.found is not None:
            await self.publish(retained.topic, retained.found, "found", retain=True)

    @property
    def why_not_whole(self) -> str | None:
        """Why nobody may desire anything: what is not desired is removed, and what else there is nobody knows."""
        if self.profile.lists_every_component:
            return None
        if self._known.inventory is None:
            return (
                "no current state came, and what is there and not desired would be removed: if the profile names all "
                "that there is, it needs the line lists_every_component = true"
            )
        if nameless := self._known.without_version:
            return f"{printable(nameless[0])} has no version in the current state, so it cannot be desired as it is"
        return None

    async def asks(self, label: str, payload: bytes | None = None) -> str:
        """Asks for the current state, with an envelope around null, or with that: the activity."""
        activity = self.new_activity(label)
        content = self.encoded(None, activity) if payload is None else payload
        await self.says(MessageKind.CURRENT_STATE_GET, content, label)
        return activity

    async def says(self, kind: MessageKind, payload: bytes, label: str, *, retain: bool = False) -> None:
        """Publishes that, whatever it is."""
        topic = self.profile.topic(kind)
        if retain:
            self._known.retained = (self._known.retained | {topic}) if payload else (self._known.retained - {topic})
        await self.publish(topic, payload, label, retain=retain)

    def must_know_how_long(self) -> None:
        """Raises NotReachedError, with the line to add, where nobody knows how long to wait for a desired state."""
        self.deadline(Deadline.IDENTIFY)

    async def until_identified(self) -> None:
        """Until it is known what is to be done, or that nothing can be; the scenario ends here if it does not."""
        progress = self.progress
        await self.until(lambda: progress.is_identified, "the actions are identified", self.deadline(Deadline.IDENTIFY))

    async def until_over(self) -> None:
        """Until the desired state has ended; the scenario ends here if it does not."""
        progress = self.progress
        await self.until(lambda: progress.is_over, "the desired state has ended", self.deadline(Deadline.CLEANUP))

    async def asks_and_waits(self, label: str) -> None:
        """Asks for the current state until the answer comes, or any other; the scenario ends here if none does."""
        before, most = self._known.inventories, self.deadline(Deadline.CURRENT_STATE)
        activity = await self.asks(label)
        words = "the current state comes"
        if not await self.goes_on(lambda: self._known.was_answered(activity, before), words, most):
            await self.until(lambda: self._known.inventories > before, words, 0)

    def deadline(self, name: Deadline) -> float:
        """Seconds for which it waits. Raises NotReachedError, with the line to add, where the profile gives none."""
        seconds = self.profile.deadline(name)
        if seconds is None:
            raise NotReachedError(f"nobody knows how long to wait: the profile needs {name} = 60 in [deadlines]")
        return seconds + self.profile.network_allowance + _MARGIN

    async def listen_for(self, name: Deadline) -> None:
        """Watch for longer than that may take. Raises NotReachedError where the profile gives no deadline for it."""
        await self.listen(self.deadline(name))

    async def somebody_subscribes_late(self) -> None:
        """Everything that is retained at its topics is recorded, as a subscriber who comes now hears it."""
        profile = self.profile
        async with connect(self._links.endpoint, f"{OURS}late-{profile.name_on_a_broker}") as link:
            await link.subscribe(profile.topic(MessageKind.CURRENT_STATE), profile.topic(MessageKind.FEEDBACK))
            late = RecordedLink(link, LATE, self._recorder)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOKS_FOR):
                    async for heard in link.deliveries():
                        if heard.retain:
                            late.note(heard)

    async def attend(self) -> None:
        """Hear it, until cancelled."""
        async for heard in self._link.deliveries():
            self.hear(heard)

    def hear(self, heard: Delivery) -> None:
        """One message came."""
        self.note(heard)
        self._known.hear(heard.topic, heard.payload, is_retained=heard.retain)
        self.has_news()

    def new_activity(self, label: str) -> str:
        """An activity that no other message has, and the same in every run in virtual time."""
        return str(uuid5(NAMESPACE_URL, f"{label} {utc()} {len(self._recorder.records)}"))

    def encoded(
        self, payload: Mapping[str, JSON] | None, activity: str, beside: Mapping[str, JSON] | None = None
    ) -> bytes:
        """In an envelope, where the profile says so."""
        return encoded(payload, activity=activity, now=utc(), enveloped=self.profile.envelope, beside=beside)
