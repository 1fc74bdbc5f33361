"""Conditions of a thing under test that no message brings about, as data; a target knows how to bring them about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from harness.payload.values import JSON


@dataclass(frozen=True, slots=True)
class Provocation:
    """A condition by its name, on a part of the thing under test or (an empty `subject`) on the whole of it.

    `detail`: what else its plug says of it. `words`: what a way that brings it about may name in braces, beside {id}.
    """

    name: str
    subject: str = ""
    detail: JSON = None
    words: Mapping[str, JSON] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')} {self.subject or 'the device'}"


class Provoker(Protocol):
    """A target's way to bring conditions about."""

    async def provoke(self, provocation: Provocation) -> None:
        """Do it; when this returns, it is done. Raises CannotProvoke where the target offers no way."""


class NobodyAnswered(Exception):  # noqa: N818 - an answer of the operator's side, not an error
    """A question to a person met no person: `where` it was put has no more to say."""

    def __init__(self, where: str = "standard input has come to its end") -> None:
        super().__init__(f"nobody answered: {where}; run it where a person can type, or pipe the answers in")


class CannotProvoke(Exception):  # noqa: N818 - an answer of the target's, not an error
    """The target offers no way to bring the condition about; `remedy` names the line that would."""

    def __init__(self, provocation: Provocation, remedy: str) -> None:
        super().__init__(f"cannot {provocation}: {remedy}")
