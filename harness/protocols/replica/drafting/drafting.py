"""From the options of `setpoint profile` to the draft of a device's profile, or of a service's."""

import argparse
import sys

from harness.errors import UsageError
from harness.files.credentials import client_id_of, login_of, tls_of
from harness.files.drafted import Drafted
from harness.files.schema import problem
from harness.interruption import run
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.device_profile_file import SCHEMA, DeviceProfileFile
from harness.protocols.replica.drafting.draft import draft_of
from harness.protocols.replica.drafting.listening import DeviceListening
from harness.protocols.replica.drafting.service_draft import ServiceInquiry
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.profile_file import ServiceFile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.target import Recording, Target, TargetOptions, resolve


def draft(arguments: argparse.Namespace, spec: str) -> Drafted:
    """Of the device at --device, or the service at --service. Raises HarnessError where nothing comes of it."""
    scheme = ReplicaSpec(spec).scheme
    if arguments.service:
        for option in ("id", "silent"):
            if getattr(arguments, option):
                raise UsageError(
                    f"--{option} has no use with --service: what it says is asked for under a name of ours"
                )
        schemes = [scheme] if arguments.spec else [scheme, *(one.scheme for one in ReplicaSpec if one != spec)]
        target = _target(
            arguments, arguments.service, spec, ServiceFile(ServiceProfile(scheme=scheme), {}), "--service"
        )
        return run(ServiceInquiry(target, schemes).ask(), target.clock)
    device = arguments.id
    if device is None:
        raise UsageError("--device is a broker, where there may be many: say which by --id")
    if found := problem({"id": device, "properties": {"x": {"type": "string"}}}, SCHEMA):
        raise UsageError(f"--{found.place[0]}: {found.words}")
    nothing_known = DeviceProfileFile(DeviceProfile(device, {}, scheme), {})
    target = _target(arguments, arguments.device, spec, nothing_known)
    listening = DeviceListening(target, arguments.seconds, _tell, arguments.silent, arguments.take_over)
    return draft_of(run(listening.hear(), target.clock), device, scheme, target.name)


def _target(
    arguments: argparse.Namespace,
    address: str,
    spec: str,
    known: DeviceProfileFile | ServiceFile,
    typed_as: str = "--device",
) -> Target:
    login, tls, client_id = login_of(arguments), tls_of(arguments), client_id_of(arguments)
    options = TargetOptions(known, login, tls, arguments.insecure, spec, arguments.client_ca, client_id)
    target = resolve(address, options, typed_as)
    if isinstance(target, Recording):
        raise UsageError("a recording has its profile in it: its first line")
    return target


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the draft alone goes to standard output
