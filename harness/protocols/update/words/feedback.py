"""The feedback of an agent or a device: how far a desired state is, as a whole and for each component. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from harness.payload.fields import Fields
from harness.payload.values import Field, IllTyped
from harness.protocols.update.words.status import (
    ACTION_SPELLINGS,
    FEEDBACK_SPELLINGS,
    ActionStatus,
    FeedbackStatus,
)

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Action:
    """The action on one component. `spelling`: its status as it came; "": none came, or it is no text.

    `id`: the component's, with its domain before it. `has_component`: whether there is an object that names it.
    """

    id: Field[str]
    version: Field[str]
    status: Field[ActionStatus]
    spelling: str
    progress: Field[int]
    message: Field[str]
    has_component: bool

    @property
    def domain(self) -> str | None:
        """The domain that its component's id begins with."""
        return self.id.partition(":")[0] if isinstance(self.id, str) and ":" in self.id else None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One feedback. `actions`: those that are objects; `odd_actions`: how many are none. `lists`: it has a list."""

    status: Field[FeedbackStatus]
    spelling: str
    baseline: Field[str]
    message: Field[str]
    actions: tuple[Action, ...]
    odd_actions: int
    lists: bool

    def action(self, component: str) -> Action | None:
        """The action on that component; None: it lists none."""
        return next((action for action in self.actions if action.id == component), None)


def read_feedback(body: Fields) -> Feedback:
    """Of a message's payload; what is amiss with it is listed among the message's problems."""
    actions = [*_actions(body)]
    status, spelling = _status(body, FeedbackStatus, FEEDBACK_SPELLINGS)
    return Feedback(
        status,
        spelling,
        body.text("baseline"),
        body.text("message"),
        tuple(action for action in actions if action is not None),
        actions.count(None),
        "actions" in body.names(),
    )


def _actions(body: Fields) -> Iterator[Action | None]:
    for entry in body.blocks("actions"):
        if isinstance(entry, IllTyped):
            yield None
            continue
        status, spelling = _status(entry, ActionStatus, ACTION_SPELLINGS)
        component = entry.block("component")
        yield Action(
            component.text("id") if component else None,
            component.text("version") if component else None,
            status,
            spelling,
            entry.whole("progress"),
            entry.text("message"),
            component is not None,
        )


def _status(fields: Fields, words: type[S], spellings: Mapping[str, S]) -> tuple[Field[S], str]:
    """The status, whichever way it is spelt; one that nobody knows is listed."""
    raw = fields.text_as_it_is("status")
    if raw in spellings:
        return spellings[raw], raw
    return fields.word("status", words), raw
