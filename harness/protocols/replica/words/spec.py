"""The specs that a replica is judged by."""

from enum import StrEnum

from harness.protocols.replica.words.topics import Scheme

A_SERVICE = "the replica service"  # in a sentence: it says no name of its own


class ReplicaSpec(StrEnum):
    """`replica-seed`: the source document alone; `replica-aws`: with all that AWS's device shadows add to it."""

    SEED = "replica-seed"
    AWS = "replica-aws"

    @property
    def scheme(self) -> Scheme:
        """The topics that go with it."""
        return Scheme.SEED if self is ReplicaSpec.SEED else Scheme.AWS
