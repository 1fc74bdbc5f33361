"""The decisions about the owner of a device: for which commands, and how, and what comes of the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.protocols.update.words.status import Consent, FeedbackStatus, PhaseCommand
from simulator.update.device.law import BACK
from simulator.update.feedback.writing_rules import message


@dataclass(frozen=True, slots=True)
class ConsentArrival:
    """How an answer comes. `is_own`: for the activity under way; `retain`: because it lay at the broker."""

    consent: Consent
    is_own: bool
    retain: bool


@dataclass(frozen=True, slots=True)
class ConsentRules:
    """`asks`: whether an owner is asked before a command, of those in the profile. `asked_for`: the command named.

    `waits`: for the answer. `heeds`: whether an answer is one. `approves`: whether it is a yes; None (nobody answered
    in time) may be one, too. `patience`: seconds that an owner has, by the deadline of that command. `back`: the
    command behind a status where there is no consent. `words`: of the failure. `has_failed`: whether it is one.
    `ask_id`: the activity of the question. `encode`, `retain`, `qos`: of it.
    """

    asks: Callable[[PhaseCommand, tuple[PhaseCommand, ...]], bool] = lambda command, consent: command in consent
    asked_for: Callable[[PhaseCommand], PhaseCommand] = lambda command: command
    waits: bool = True
    heeds: Callable[[ConsentArrival], bool] = lambda arrival: arrival.is_own and not arrival.retain
    approves: Callable[[Consent | None], bool] = lambda consent: consent is Consent.APPROVED
    patience: Callable[[float], float] = lambda deadline: deadline * 0.8
    back: Mapping[FeedbackStatus, PhaseCommand] = field(default_factory=lambda: BACK)
    words: Callable[[PhaseCommand], str | None] = lambda command: f"owner approval not granted for {command}"
    has_failed: bool = True
    ask_id: Callable[[str], str] = lambda activity: activity
    encode: Callable[..., bytes] = message
    retain: bool = False
    qos: int = 1
