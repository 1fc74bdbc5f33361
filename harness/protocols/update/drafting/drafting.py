"""From the options of `setpoint profile` to the draft of an update agent's profile, or of a device's."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from harness.errors import UsageError
from harness.files.credentials import client_id_of, login_of, tls_of
from harness.files.drafted import Drafted
from harness.files.schema import problem
from harness.interruption import run
from harness.protocols.update.drafting.draft import draft_of
from harness.protocols.update.drafting.listening import StateListening
from harness.protocols.update.drafting.missing_deadlines import seconds_in, with_missing
from harness.protocols.update.drafting.shown_state import MANAGERS
from harness.protocols.update.profile import Deadline, Role, UpdateProfile
from harness.protocols.update.profile_file import SCHEMA, UpdateProfileFile
from harness.suggest import hinted
from harness.target import Recording, TargetOptions, resolve
from harness.text import printable


def draft(arguments: argparse.Namespace, spec: str) -> Drafted:
    """Of what shows its current state at --device. Raises HarnessError where nothing comes of it."""
    device, deadlines = arguments.id, deadlines_in(arguments.deadline or ())
    if device is None:
        raise UsageError("--device is a broker, and no topic says whose it is: give what is tested a name by --id")
    if found := problem({"id": device, "role": Role.DEVICE}, SCHEMA):
        raise UsageError(f"--{found.place[0]}: {found.words}")
    known = UpdateProfileFile(UpdateProfile(device, Role.DEVICE, MANAGERS), {})
    login, tls, client_id = login_of(arguments), tls_of(arguments), client_id_of(arguments)
    options = TargetOptions(known, login, tls, arguments.insecure, spec, arguments.client_ca, client_id)
    target = resolve(arguments.device, options)
    if isinstance(target, Recording):
        raise UsageError("a recording has its profile in it: its first line")
    listening = StateListening(target, arguments.seconds, _tell, arguments.silent, arguments.take_over)
    drafted = draft_of(run(listening.hear(), target.clock), device, target.name)
    return replace(drafted, deadlines=with_missing(deadlines, _tell))


def deadlines_in(typed: Sequence[str]) -> Mapping[Deadline, float]:
    """Of PHASE=SECONDS, each. Raises UsageError, with the nearest known phase."""
    found: dict[Deadline, float] = {}
    for words in typed:
        name, _, figure = words.partition("=")
        if name not in [*Deadline]:
            known = ", ".join(Deadline)
            raise UsageError(hinted(f"--deadline: {printable(name)!r} is none of {known}", name, Deadline))
        seconds = seconds_in(figure)
        if seconds is None:
            raise UsageError(f"--deadline: {printable(words)!r} has no seconds; expected {name}=60")
        found[Deadline(name)] = seconds
    return found


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the draft alone goes to standard output
