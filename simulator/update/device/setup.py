"""The setup of an update manager: its domains, its topics, its patience, and the spec that it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocols.update.profile import Deadline, OnNewDesiredState, UpdateProfile
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import TEMPLATE, MessageKind, topic_of

_FROM_BACKEND = (MessageKind.DESIRED_STATE, MessageKind.CURRENT_STATE_GET, MessageKind.OWNER_CONSENT_FEEDBACK)
_FROM_AGENTS = (MessageKind.FEEDBACK, MessageKind.CURRENT_STATE)


@dataclass(frozen=True, slots=True)
class ManagerSetup:
    """`domain`: the manager's. `own`: domains of the agents on the device; `played`: of those that are reached by MQTT.

    `device`: the id that may stand in topics, of which `template` is the shape. `deadlines`: seconds that each step may
    take. `consent`: the commands for which an owner is asked. `rolls_back`: whether the agents know ROLLBACK.
    """

    domain: str = "device"
    own: tuple[str, ...] = ()
    played: tuple[str, ...] = ()
    device: str = ""
    envelope: bool = True
    template: str = TEMPLATE
    deadlines: Mapping[Deadline, float] = field(default_factory=dict)
    on_new_desired_state: OnNewDesiredState = OnNewDesiredState.SUPERSEDE
    consent: tuple[PhaseCommand, ...] = ()
    rolls_back: bool = True
    spec: UpdateSpec = UpdateSpec.DIAGRAMS

    @classmethod
    def of(cls, profile: UpdateProfile, spec: UpdateSpec = UpdateSpec.DIAGRAMS) -> "ManagerSetup":
        """The manager of the device with that profile."""
        return cls(
            profile.domain,
            tuple(one for one in profile.domains if one not in profile.played),
            profile.played,
            profile.id,
            profile.envelope,
            profile.topics,
            profile.deadlines,
            profile.on_new_desired_state,
            profile.consent,
            profile.rolls_back,
            spec,
        )

    @property
    def domains(self) -> tuple[str, ...]:
        """All of which there is an agent."""
        return (*self.own, *self.played)

    @property
    def filters(self) -> tuple[str, ...]:
        """The topics at which it listens over MQTT."""
        agents = (self.topic(kind, one) for one in self.played for kind in _FROM_AGENTS)
        return (*(self.topic(kind) for kind in _FROM_BACKEND), *agents)

    def topic(self, kind: MessageKind, domain: str | None = None) -> str:
        """Of its own domain, or of that one."""
        return topic_of(self.domain if domain is None else domain, kind, self.device, self.template)

    def of_agents(self) -> Mapping[str, tuple[MessageKind, str]]:
        """The kind and the domain of every topic at which agents speak."""
        return {self.topic(kind, one): (kind, one) for one in self.domains for kind in _FROM_AGENTS}
