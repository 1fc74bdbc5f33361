"""How far each desired state is, by what was heard of an agent or a device. Pure.

A counterpart that desires keeps no limits, and does nothing by itself: a scenario does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.protocols.update.profile import UpdateProfile
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.feedback import Action, Feedback
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.remembered import remembered
from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import kind_at

_ENDS = (FeedbackStatus.COMPLETED, FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT)
_OVER = (*_ENDS, FeedbackStatus.IDENTIFICATION_FAILED, FeedbackStatus.SUPERSEDED)
_IDENTIFIED = (FeedbackStatus.IDENTIFIED, *_OVER)
_WAITING = {
    PhaseCommand.DOWNLOAD: (ActionStatus.IDENTIFIED, ActionStatus.DOWNLOADING),
    PhaseCommand.UPDATE: (ActionStatus.DOWNLOAD_SUCCESS, ActionStatus.UPDATING),
    PhaseCommand.ACTIVATE: (ActionStatus.UPDATE_SUCCESS, ActionStatus.ACTIVATING),
    PhaseCommand.ROLLBACK: frozenset(ActionStatus) - {ActionStatus.IDENTIFIED},
}


@dataclass
class ActivityProgress:
    """How far one desired state is. `statuses`: all that were heard, in order, each with its baseline if it has one."""

    desired: DesiredState = field(default_factory=DesiredState)
    statuses: list[tuple[FeedbackStatus, str | None]] = field(default_factory=list)
    actions: dict[str, Action] = field(default_factory=dict)

    def hear(self, feedback: Feedback) -> None:
        """The latest of every action wins."""
        if isinstance(feedback.status, FeedbackStatus):
            baseline = feedback.baseline if isinstance(feedback.baseline, str) else None
            self.statuses.append((feedback.status, baseline or None))
        self.actions |= {action.id: action for action in feedback.actions if isinstance(action.id, str)}

    @property
    def is_identified(self) -> bool:
        """Whether it is known what is to be done, or that nothing can be."""
        return any(status in _IDENTIFIED for status, _ in self.statuses)

    @property
    def is_running(self) -> bool:
        """Whether it was said to be executed."""
        return any(status is FeedbackStatus.RUNNING for status, _ in self.statuses)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return any(status in _OVER for status, baseline in self.statuses if baseline is None)

    def has_begun(self, command: PhaseCommand) -> bool:
        """Whether that command's phase was said to be under way, or has come to an end; or all is over."""
        phase = PHASES[command]
        return any(status in (phase.under_way, phase.success, phase.failure, *_OVER) for status, _ in self.statuses)

    def was_answered(self, command: PhaseCommand, since: int, of: str | None = None) -> bool:
        """Whether that command has come to an end, either one, for all that it was given to; or all is over.

        `since`: how many statuses had been heard when it was given. `of`: the baseline that it was for. An agent may
        answer for each baseline by itself.
        """
        if any(status in _OVER for status, baseline in self.statuses[since:] if baseline is None):
            return True
        ended = self._ended(command, since)
        return None in ended or (bool(ended) and (of in ended or not self._waiting(command, since, of)))

    def is_owed(self, command: PhaseCommand, since: int, of: str | None = None) -> bool:
        """Whether a component that is desired waits, of which no baseline that has ended is."""
        desired = self.desired.versions()
        return any(name in desired for name in self._waiting(command, since, of))

    def was_answered_in_part(self, command: PhaseCommand, since: int) -> bool:
        """Whether anything of it has come to an end."""
        phase = PHASES[command]
        return any(status in (phase.success, phase.failure, *_OVER) for status, _ in self.statuses[since:])

    def has_failed(self, since: int = 0) -> bool:
        """Whether a phase has failed, or all of it."""
        failures = (FeedbackStatus.IDENTIFICATION_FAILED, *_ENDS[1:], *(phase.failure for phase in PHASES.values()))
        return any(status in failures for status, _ in self.statuses[since:])

    def _ended(self, command: PhaseCommand, since: int) -> list[str | None]:
        """The baselines for which it came to an end; None: the whole."""
        phase = PHASES[command]
        return [baseline for status, baseline in self.statuses[since:] if status in (phase.success, phase.failure)]

    def _waiting(self, command: PhaseCommand, since: int, of: str | None) -> list[str]:
        """The components that have still to do what was commanded, but for those of a baseline that has ended.

        An agent makes a baseline of each component that is in none, and calls it as the component.
        """
        titles = {one.title: one.components for one in self.desired.baselines}
        done = {name for title in self._ended(command, since) if title for name in titles.get(title, (title,))}
        scope = self.actions if of is None else titles.get(of, ())
        waiting = _WAITING.get(command, ())
        return [
            name
            for name, action in self.actions.items()
            if name in scope and name not in done and action.status in waiting
        ]


@dataclass
class UpdateKnowledge:
    """`heard`: how many messages came; `inventories`: how many current states.

    `is_otherwise`: one came in the other form, bare or enveloped. `found`: the versions of the first of them.
    `is_stale`: nobody knows what a desired state has changed since the latest. `retained`: topics at which we left a
    message retained.
    """

    profile: UpdateProfile
    inventory: Inventory | None = None
    heard: int = 0
    inventories: int = 0
    is_otherwise: bool = False
    _activities: dict[str, ActivityProgress] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)
    is_stale: bool = False
    retained: set[str] = field(default_factory=set)
    _latest: str = ""
    _shown: list[str | None] = field(default_factory=list)

    def begins(self, activity: str, desired: DesiredState) -> None:
        """From now on that is under way: where messages are bare, all feedback is of the latest."""
        self._activities.setdefault(activity, ActivityProgress()).desired = desired
        self._latest, self.is_stale = activity, True

    def progress(self, activity: str | None = None) -> ActivityProgress:
        """Of that one, or of the latest."""
        return self._activities.setdefault(self._latest if activity is None else activity, ActivityProgress())

    @property
    def latest(self) -> str:
        """The activity that was begun last; "": none was."""
        return self._latest

    def hear(self, topic: str, payload: bytes, *, is_retained: bool = False) -> None:
        """Something is said. What lay retained at the broker is no word of somebody who is there."""
        profile = self.profile
        kind = kind_at(topic, profile.domain, profile.id, profile.topics)
        if kind is None or is_retained:
            return
        self.heard += 1
        read = remembered(payload, kind, enveloped=profile.envelope)
        message = read.message
        self.is_otherwise = self.is_otherwise or read.is_enveloped is not profile.envelope
        if read.inventory:
            self.inventory = read.inventory
            self.found = self.found or self.versions()
            self.inventories += 1
            self.is_stale = self.is_stale and not self.progress().is_over
            self._shown.append(message.activity if isinstance(message.activity, str) else None)
        elif read.feedback:
            activity = self._latest if message.is_bare else message.activity
            if isinstance(activity, str):
                self._activities.setdefault(activity, ActivityProgress()).hear(read.feedback)

    @property
    def changed(self) -> Sequence[tuple[str, str | None, str | None]]:
        """Each component that has another version than at first contact: its id, that one, and this; None: none.

        The components of played agents are the run's own, and come with them one by one.
        """
        found, shown = self.found, self.versions()
        return [
            (name, found.get(name), shown.get(name))
            for name in dict.fromkeys((*found, *shown))
            if found.get(name) != shown.get(name) and not self.profile.is_played(name)
        ]

    @property
    def without_version(self) -> list[str]:
        """The components of its domains that the inventory shows without a version."""
        nodes = self.inventory.software if self.inventory else ()
        names = [node.id for node in nodes if isinstance(node.id, str) and ":" in node.id and not node.version]
        return [name for name in names if name.partition(":")[0] in self.profile.domains]

    def was_answered(self, activity: str, beyond: int) -> bool:
        """Whether a current state with that activity came; where messages are bare, any behind the first so many."""
        return activity in self._shown or (not self.profile.envelope and self.inventories > beyond)

    def versions(self) -> Mapping[str, str]:
        """Of every component of its domains that the inventory shows; nothing where there is none."""
        shown = self.inventory.versions() if self.inventory else {}
        return {
            name: version
            for name, version in shown.items()
            if name.partition(":")[0] in self.profile.domains and ":" in name
        }
