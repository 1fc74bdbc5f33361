"""A store in memory: it outlasts a simulated service, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocols.replica.words.topics import ReplicaId
from simulator.replica.document import Document


@dataclass
class MemoryStore:
    """Every document that was written."""

    content: dict[ReplicaId, Document] = field(default_factory=dict)

    def documents(self) -> dict[ReplicaId, Document]:
        """Every document there is."""
        return dict(self.content)

    def document(self, replica: ReplicaId) -> Document:
        """The one of that replica; a new one where there is none."""
        return self.content.get(replica, Document())

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """Take it in."""
        self.content.update(batch)
