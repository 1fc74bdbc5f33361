"""The options of `setpoint sim` that put a device with an update manager behind a replica."""

import argparse
from collections.abc import Callable

from harness.errors import UsageError
from harness.files.credentials import login_of, tls_of
from harness.mqtt.broker_url import endpoint_of
from harness.mqtt.tls import client_context
from harness.protocols.replica.words.topics import Scheme
from harness.protocols.update.profile import UpdateProfile
from simulator.bridge.running_bridge import Hand, RunningBridge
from simulator.standalone.devices.running_device import Log

MakeBridge = Callable[[UpdateProfile, Log, Hand], RunningBridge]


def add_replica(group: "argparse._ArgumentGroup") -> None:
    """The replica's broker, and its topics."""
    add = group.add_argument
    add(
        "--replica",
        metavar="URL",
        help="mqtt[s]://HOST[:PORT], with the login and certificates of --broker: the device is updated to the "
        "software that its replica there desires, and what it has is reported there; of update/gateway alone",
    )
    add("--replica-scheme", type=_scheme, metavar="WORD", help="seed (state/ID/…, the default) or aws")


def bridge_in(arguments: argparse.Namespace) -> MakeBridge | None:
    """Makes the bridge of each device; None: there is to be none. Raises UsageError."""
    if arguments.replica is None:
        if arguments.replica_scheme:
            raise UsageError("--replica-scheme has no use without --replica")
        return None
    tls = tls_of(arguments) if arguments.replica.startswith("mqtts:") else None
    endpoint = endpoint_of(arguments.replica, login_of(arguments), tls)
    if endpoint.tls:
        client_context(endpoint.tls)  # as for --broker
    scheme = arguments.replica_scheme or Scheme.SEED
    return lambda profile, log, hand: RunningBridge(profile, endpoint, log, hand, scheme)


def refuse_bridge(arguments: argparse.Namespace) -> None:
    """Raises UsageError where one is wanted for a device that has no update manager."""
    for option in ("replica", "replica_scheme"):
        if getattr(arguments, option) is not None:
            name = option.replace("_", "-")
            raise UsageError(f"--{name} is for a device with an update manager, as update/gateway is one")


def _scheme(text: str) -> Scheme:
    try:
        return Scheme(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not {' or '.join(Scheme)}") from None
