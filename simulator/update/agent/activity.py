"""An activity: one desired state on its way, in units that are commanded together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.changes import NeededChange
from simulator.update.agent.components import Stock
from simulator.update.feedback.report import ToldAction


@dataclass
class AgentAction:
    """A change on its way. `progress` in percent; None: nothing is under way."""

    change: NeededChange
    status: ActionStatus = ActionStatus.IDENTIFIED
    progress: int | None = None
    message: str | None = None

    @property
    def told(self) -> ToldAction:
        """As it stands at this moment."""
        return ToldAction(self.change.component, self.change.version, self.status, self.progress, self.message)


@dataclass
class Unit:
    """A baseline, or what is like one. `is_clean`: it was cleaned up; `is_well`: after all of it was activated."""

    title: str
    actions: Sequence[AgentAction]
    status: FeedbackStatus = FeedbackStatus.IDENTIFIED
    is_clean: bool = False
    is_well: bool = False


@dataclass
class AgentActivity:
    """`before`: all that was installed when it began. `failures`: of components, in the order in which they came."""

    id: str
    before: Stock
    units: Sequence[Unit] = ()
    is_identified: bool = False
    is_rolled_back: bool = False
    failures: list[str] = field(default_factory=list)

    @property
    def actions(self) -> list[AgentAction]:
        """All of them, whatever their unit."""
        return [action for unit in self.units for action in unit.actions]

    @property
    def left(self) -> list[Unit]:
        """The units with something to do that are not cleaned up."""
        return [unit for unit in self.units if unit.actions and not unit.is_clean]

    @property
    def statuses(self) -> Sequence[FeedbackStatus]:
        """Of the units that are left; of the whole while it is being identified."""
        if not self.is_identified:
            return (FeedbackStatus.IDENTIFYING,)
        return list(dict.fromkeys(unit.status for unit in self.left))

    def unit(self, title: str) -> Unit | None:
        """The unit of that title, unless it is cleaned up."""
        return next((unit for unit in self.units if unit.title == title and not unit.is_clean), None)


def units_of(groups: Iterable[tuple[str, Sequence[NeededChange]]]) -> list[Unit]:
    """One of each group; groups of the same title are one."""
    changes: dict[str, list[NeededChange]] = {}
    for title, group in groups:
        changes.setdefault(title, []).extend(group)
    return [Unit(title, [AgentAction(change) for change in group]) for title, group in changes.items()]
