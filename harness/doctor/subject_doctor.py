"""A plug's checks of the health of one of its subjects."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.conversation import Conversation
from harness.record.kinds import Record


class SubjectDoctor(ABC):
    """`checks`: of its own cases, in the order in which they are told; those of broker and sessions are made anyway."""

    checks: Sequence[Check[Any]]

    @abstractmethod
    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> Case:
        """The case as it stood before any scenario. Raises UsageError where the record's profile is none."""

    @abstractmethod
    async def converse(self, conversation: Conversation) -> None:
        """Ask for nothing but words, hear them out, and leave. Raises LinkError where it ends early."""
