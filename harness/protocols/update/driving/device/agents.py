"""The agents and the owner as a scenario uses them: what goes wrong with them, and what the device told them."""

import asyncio
from collections.abc import Mapping, Sequence

from harness.clock import utc
from harness.driving.playing.provoking import provoked
from harness.driving.playing.recorded_link import RecordedLink
from harness.driving.shared_broker.retained_config import retained_topics
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, Link
from harness.protocols.update.driving.device.counterpart import PlayedAgent, PlayedOwner, PlayedSaying
from harness.protocols.update.driving.device.faults import AgentFault, Answers, described
from harness.protocols.update.profile import TO_AGENTS, UpdateProfile
from harness.protocols.update.words.status import Consent
from harness.protocols.update.words.topics import MessageKind, kind_at
from harness.record.trace import Recorder


class Agents:
    """All that they say is recorded before it leaves, and all that they hear when it comes."""

    def __init__(self, link: Link, profile: UpdateProfile, recorder: Recorder) -> None:
        self._profile, self._recorder = profile, recorder
        self._at_agents, self._at_owner = RecordedLink(link, "agents", recorder), RecordedLink(link, "owner", recorder)
        self._played: Mapping[str, PlayedAgent] = {name: PlayedAgent(profile, name) for name in profile.played}
        for component in profile.components:
            if component.domain in self._played:
                self._played[component.domain].versions[component.id] = component.versions[0]
        self._owner = PlayedOwner(profile)
        self._later: set[asyncio.Task[None]] = set()
        self._found = set[str]()  # topics at which something lay retained when they came

    async def suffer(self, label: str, *faults: AgentFault, domain: str | None = None) -> None:
        """These go wrong from now on with every played agent, or with that of one domain."""
        for fault in faults:
            with provoked(self._recorder, label, *described(fault)):
                for one in self._played.values() if domain is None else [self._played[domain]]:
                    one.suffer(fault)

    async def owner_answers(self, label: str, answers: Answers) -> None:
        """From now on the owner answers so."""
        with provoked(self._recorder, label, *described(answers)):
            self._owner.answers = answers

    async def recover(self) -> None:
        """Nothing is wrong any more, and the owner approves."""
        for one in self._played.values():
            one.recover()
        self._owner.answers = Answers(Consent.APPROVED)

    async def show_themselves(self) -> None:
        """Each publishes its current state, as one that has just been connected."""
        await self._carry_out([one.shows(utc()) for one in self._played.values()])

    async def leave(self, endpoint: Endpoint) -> None:
        """Nothing of theirs stays retained, nor what they were told in the run and the device left at the broker."""
        for domain in self._played:
            topic = self._profile.topic(MessageKind.CURRENT_STATE, domain)
            await self._say(PlayedSaying(topic, b"", f"{domain}: leaves", retain=True))
        if not self._played:
            return
        late = f"{OURS}late-{self._profile.name_on_a_broker}"
        for topic in await retained_topics(endpoint, late, self.filters):
            if topic not in self._found:
                await self._say(PlayedSaying(topic, b"", "nothing is retained", retain=True))

    def stop(self) -> None:
        """Nothing is said any more that was to be said later."""
        for task in self._later:
            task.cancel()

    @property
    def filters(self) -> tuple[str, ...]:
        """The topics at which they, and the owner, are spoken to."""
        spoken = tuple(self._profile.topic(kind, domain) for domain in self._played for kind in TO_AGENTS)
        return (*spoken, self._profile.topic(MessageKind.OWNER_CONSENT))

    async def hear(self, heard: Delivery) -> bool:
        """Whether it was for them: then it is recorded, and answered."""
        if heard.retain and heard.topic in self.filters:
            self._found.add(heard.topic)
        if heard.topic == self._profile.topic(MessageKind.OWNER_CONSENT):
            self._at_owner.note(heard)
            await self._carry_out([] if heard.retain else self._owner.hear(heard.payload, utc()))
            return True
        for domain, played in self._played.items():
            kind = kind_at(heard.topic, domain, self._profile.id, self._profile.topics)
            if kind in TO_AGENTS:
                self._at_agents.note(heard)
                await self._carry_out([] if heard.retain else played.hear(kind, heard.payload, utc()))
                return True
        return False

    async def _carry_out(self, sayings: Sequence[PlayedSaying]) -> None:
        for saying in sayings:
            if saying.after:
                task = asyncio.create_task(self._say_later(saying))
                self._later.add(task)
                task.add_done_callback(self._later.discard)
            else:
                await self._say(saying)

    async def _say_later(self, saying: PlayedSaying) -> None:
        await asyncio.sleep(saying.after)
        await self._say(saying)

    async def _say(self, saying: PlayedSaying) -> None:
        link = self._at_owner if saying.topic == self._owner.topic else self._at_agents
        await link.publish(saying.topic, saying.payload, saying.label, retain=saying.retain)
