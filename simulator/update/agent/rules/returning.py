"""The decisions about what comes after an agent was away, or off."""

from dataclasses import dataclass
from enum import StrEnum


class Aftermath(StrEnum):
    """The fate of the activity under way."""

    RESUMES = "it goes on"
    FAILS = "its phase fails"
    FORGETS = "nobody hears of it again"


@dataclass(frozen=True, slots=True)
class ReturningRules:
    """`after_restart`, `after_loss`: of the connection. `repeats`: whether the last feedback is told again then.

    `remembers`: whether a desired state counts as known after a restart.
    """

    after_restart: Aftermath = Aftermath.RESUMES
    after_loss: Aftermath = Aftermath.RESUMES
    repeats: bool = False
    remembers: bool = True
