"""The setup of an agent: its domain, its topics, and the spec that it keeps."""

from dataclasses import dataclass

from harness.protocols.update.profile import OnNewDesiredState, UpdateProfile
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.topics import TEMPLATE, MessageKind, topic_of


@dataclass(frozen=True, slots=True)
class AgentSetup:
    """`device`: the id that may stand in its topics, of which `template` is the shape."""

    domain: str
    device: str = ""
    envelope: bool = True
    template: str = TEMPLATE
    on_new_desired_state: OnNewDesiredState = OnNewDesiredState.SUPERSEDE
    rolls_back: bool = True
    spec: UpdateSpec = UpdateSpec.DIAGRAMS

    @classmethod
    def of(cls, profile: UpdateProfile, domain: str, spec: UpdateSpec = UpdateSpec.DIAGRAMS) -> "AgentSetup":
        """The agent of that domain, on the device with that profile."""
        return cls(
            domain,
            profile.id,
            profile.envelope,
            profile.topics,
            profile.on_new_desired_state,
            profile.rolls_back,
            spec,
        )

    def topic(self, kind: MessageKind) -> str:
        """The topic of that kind of message."""
        return topic_of(self.domain, kind, self.device, self.template)

    @property
    def filters(self) -> tuple[str, ...]:
        """The topics that it asks for."""
        return tuple(
            self.topic(kind) for kind in (MessageKind.DESIRED_STATE, MessageKind.COMMAND, MessageKind.CURRENT_STATE_GET)
        )
