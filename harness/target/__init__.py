"""Targets: a device to drive, or a recording of one. All that a target's author needs is here by name."""

from harness.broker.listener import Listener
from harness.clock import Clock, utc
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, Link, connect
from harness.provocations.provocation import CannotProvoke, Provocation, Provoker
from harness.target.checking import check_target
from harness.target.resolving import Recording, resolve, variants_of, varied
from harness.target.target import (
    Foreseeable,
    HostServices,
    Identity,
    RunningTarget,
    StartBroker,
    Stepped,
    Target,
    TargetOptions,
    Variant,
    Varied,
)

__all__ = [
    "CannotProvoke",
    "Clock",
    "Delivery",
    "Endpoint",
    "Foreseeable",
    "HostServices",
    "Identity",
    "Link",
    "Listener",
    "Provocation",
    "Provoker",
    "Recording",
    "RunningTarget",
    "StartBroker",
    "Stepped",
    "Target",
    "TargetOptions",
    "UsageError",
    "Variant",
    "Varied",
    "check_target",
    "connect",
    "resolve",
    "utc",
    "variants_of",
    "varied",
]
