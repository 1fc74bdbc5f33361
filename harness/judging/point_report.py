"""What the device said of a point at one moment, and how well it explained itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from harness.judging.act import Act
from harness.judging.history import Heard
from harness.judging.ledger import Ledger
from harness.judging.verdict import CouldNotTest, NotObserved
from harness.judging.where import Where
from harness.wire.reader import brief
from harness.wire.udmi import Field, Mode, Odd, PointState, Status, ValueState

T = TypeVar("T")

_WARNING = 400


@dataclass(frozen=True, slots=True)
class PointReport:
    """A point's part of one state."""

    point: str
    heard: Heard[PointState]
    ledger: Ledger
    allowance: float

    @property
    def value_state(self) -> Field[ValueState]:
        """How far the write has come; None where nothing is said."""
        return self.heard.message.value_state

    @property
    def act(self) -> Act:
        """The report as something that time is measured from."""
        heard = self.heard
        return Act(
            heard.place, heard.place, heard.time - self.allowance, heard.time, f"it was {said(self.value_state)}"
        )

    @property
    def is_clear(self) -> bool:
        """Whether it has no status of the level of an error: none at all, or one below WARNING."""
        return is_clear(self.heard.message)

    def explains_itself(self) -> None:
        """It has a status; whether that is complete is another clause's question."""
        status = self.heard.message.status
        self.ledger.rests_on(self.heard.place)
        if not isinstance(status, Status):
            found = "it has none" if status is None else f"that is {brief(status.raw)}"
            raise NotObserved(
                f"{self.point} is {said(self.value_state)} and should explain itself in a status, but {found}.",
                self._where,
            )

    def has_level(self, level: int) -> None:
        """The status has just this level; whether there is one is another clause's question."""
        self._has("level", lambda status: status.level, level)

    def has_category(self, category: str) -> None:
        """The status has just this category; whether there is one is another clause's question."""
        self._has("category", lambda status: status.category, category)

    @property
    def _where(self) -> Where:
        return Where(self.heard.place, point=self.point)

    def _has(self, name: str, part: Callable[[Status], Field[T]], wanted: T) -> None:
        status = self.heard.message.status
        found = part(status) if isinstance(status, Status) else None
        if found is None:
            raise CouldNotTest(f"{self.point} is {said(self.value_state)}, but has no status with a {name}")
        self.ledger.rests_on(self.heard.place)
        if found != wanted:
            raise NotObserved(
                f"{self.point} is {said(self.value_state)}; the {name} of its status should be {wanted}, "
                f"but is {said(found)}.",
                self._where,
            )


def is_clear(point: PointState) -> bool:
    """Whether it carries no status, or one that tells of no error."""
    status = point.status
    return status is None or (isinstance(status, Status) and isinstance(status.level, int) and status.level < _WARNING)


def said(content: object) -> str:
    """How a story names what a field held."""
    match content:
        case None:
            return "(absent)"
        case Odd(raw):
            return brief(raw)
        case ValueState() | Mode():
            return str(content)
        case _:
            return brief(content)
