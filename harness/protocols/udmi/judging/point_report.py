"""A device's report on a point at one moment, and how well it explains itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import Field
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.words.messages import PointState, Status, ValueState
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.status_levels import is_clear
from harness.text import brief

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PointReport:
    """A point's part of one state."""

    point: str
    heard: Heard[PointState]
    evidence: Evidence
    allowance: float

    @property
    def value_state(self) -> Field[ValueState]:
        """How far the write has come; None where nothing is said."""
        return self.heard.message.value_state

    @property
    def stimulus(self) -> Stimulus:
        """The report as something that time is measured from."""
        heard = self.heard
        return Stimulus(
            heard.place, heard.place, heard.time - self.allowance, heard.time, f"it was {said(self.value_state)}"
        )

    @property
    def is_clear(self) -> bool:
        """Whether it surely tells of no error: it has no status at all, or one below WARNING."""
        return is_clear(self.heard.message.status)

    def explains_itself(self) -> None:
        """It has a status; whether that is complete is another clause's question."""
        status = self.heard.message.status
        self.evidence.rests_on(self.heard.place)
        if not isinstance(status, Status):
            found = "it has none" if status is None else f"that is {brief(status.raw)}"
            raise NotObserved(
                f"{self.point} is {said(self.value_state)} and should explain itself in a status, but {found}.",
                self._evidence_ref,
            )

    def has_level(self, level: int) -> None:
        """The status has just this level; whether there is one is another clause's question."""
        self._has("level", lambda status: status.level, level)

    def has_category(self, category: str) -> None:
        """The status has just this category; whether there is one is another clause's question."""
        self._has("category", lambda status: status.category, category)

    @property
    def _evidence_ref(self) -> EvidenceRef:
        return EvidenceRef(self.heard.place, about=self.point)

    def _has(self, name: str, part: Callable[[Status], Field[T]], wanted: T) -> None:
        status = self.heard.message.status
        found = part(status) if isinstance(status, Status) else None
        if found is None:
            raise CouldNotTest(f"{self.point} is {said(self.value_state)}, but has no status with a {name}")
        self.evidence.rests_on(self.heard.place)
        if found != wanted:
            raise NotObserved(
                f"{self.point} is {said(self.value_state)}; the {name} of its status should be {wanted}, "
                f"but is {said(found)}.",
                self._evidence_ref,
            )
