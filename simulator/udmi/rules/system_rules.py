"""The decisions of a device about itself: which configs it can work on, what it is at, what it writes down."""

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Config, Mode, Status
from simulator.udmi import operation
from simulator.udmi.device_log import ERROR, Writing
from simulator.udmi.operation import Operation
from simulator.udmi.rules import config_check


def complaint(why: str, now: float) -> Status | None:
    """The device's status once a config could not be worked on. UDMI 1.5, config sequence."""
    return Status(f"Config not understood: {why}", "system.config.parse", ERROR, now)


@dataclass(frozen=True, slots=True)
class SystemRules:
    """`instead`: what is worked on in place of a config that cannot be; None: what was in force stays so."""

    unusable: Callable[[Config], str | None] = config_check.unusable
    complaint: Callable[[str, float], Status | None] = complaint
    remark: Callable[[Config, float], Status | None] = lambda _config, _now: None
    instead: Callable[[Config], Config | None] = lambda _broken: None
    takes_back: Callable[[Status | None], Status | None] = lambda _complaint: None
    is_upset_by: Callable[[str], bool] = lambda _why: False
    upset_for: float = operation.BOOTS_FOR  # seconds until it has started anew
    stalls_for: float = 0.0  # seconds without telemetry, after a config that cannot be worked on
    obeys: Callable[[Mode, Field[Mode]], Mode] = operation.obeys
    announces_restarts: bool = True
    wakes_up_as: Mode = Mode.INITIAL
    begins_anew: Callable[[Operation], Operation] = Operation.started_anew
    started_at: Callable[[Operation, float], Operation] = Operation.started_at
    boots_for: float = operation.BOOTS_FOR
    writing: Writing = field(default_factory=Writing)
