"""`setpoint profile`: the draft of a profile, from a device or from its metadata."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import join
from typing import ClassVar

from harness.arguments.quantities import seconds
from harness.cli.recovery_copy import recovery_copy
from harness.errors import UsageError
from harness.files.credentials import add_listening_options, add_options, client_id_of, login_of, tls_of, typed_again
from harness.files.drafted import Drafted
from harness.files.schema import problem
from harness.interruption import run
from harness.protocol import protocol_of, protocols, spec_of
from harness.protocols.udmi.cli.confirm import confirm
from harness.protocols.udmi.declaration import read_profile
from harness.protocols.udmi.drafting.draft import Draft
from harness.protocols.udmi.drafting.known import known_of_profile
from harness.protocols.udmi.drafting.listening import Listening
from harness.protocols.udmi.drafting.sketching import sketch_of_declaration, sketch_of_heard
from harness.protocols.udmi.plug import UDMI as PLUG
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.site_model.declaring import declared
from harness.protocols.udmi.site_model.metadata import Metadata
from harness.protocols.udmi.site_model.site_model import in_site
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI
from harness.target import Recording, TargetOptions, resolve
from harness.target.spec_option import add_spec_option

_SECONDS = 20.0
_OF_A_BROKER = (
    *("spec", "silent", "profile", "clear", "take_over", "insecure", "client_ca"),
    *("user", "password_file", "ca", "certificate", "key", "client_id"),
)
_OF_SOME = ("deadline",)
_OF_UDMI = ("metadata", "site_model", "profile", "clear")


class DraftProfile:
    """Draft a profile from what a device or a service says, or from a device's UDMI metadata."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint profile --device=mqtt://broker --id AHU-1 -o acme.toml": "from what the device says, in 20 s",
        "setpoint profile --site-model site/ --id AHU-1 -o acme.toml": "from a UDMI site model",
        "setpoint profile --confirm acme.toml": "go through what a draft guessed",
        "setpoint profile --service=mqtt://broker -o service.toml": "a replica service",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The source, and the file to write."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument(
            "--device", metavar="URL", help="mqtt[s]://HOST[:PORT], or listen[s]://HOST[:PORT]; needs --id"
        )
        source.add_argument("--service", metavar="URL", help="of a replica service: mqtt[s]://HOST[:PORT]")
        source.add_argument("--metadata", type=Path, metavar="FILE", help="read UDMI's metadata.json")
        source.add_argument("--site-model", type=Path, metavar="DIR", help="read it in a UDMI site model; needs --id")
        source.add_argument(
            "--confirm",
            action="append",
            metavar="FILE|POINT=KIND",
            help="confirm what a draft guessed, which is undecided until then: FILE asks point by point, at a "
            "terminal; a script gives FILE and, for each point, POINT=KIND, and nameplate=right for make and the like",
        )
        add = parser.add_argument
        add("--id", metavar="ID", help="the device's id")
        add("--topics", default=UDMI, metavar="ROOT", help="what its topics begin with; default: %(default)s")
        add("-o", "--output", type=Path, metavar="FILE", help="where the draft goes; default: standard output")
        add("--force", action="store_true", help="overwrite what is there")
        _add_listening(parser.add_argument_group("with --device"))

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once it is written."""
        if arguments.confirm:
            return confirm(arguments.confirm)
        output: Path | None = arguments.output
        if output and output.exists() and not arguments.force:
            raise UsageError(f"{output} is there already; --force overwrites it")
        if output and not output.parent.is_dir():  # told before anybody has listened for it
            raise UsageError(f"{output} cannot be written: there is no folder {output.parent}")
        draft = _drafted(arguments)
        text = draft.text(output or Path("the draft"))
        if output is None:
            sys.stdout.buffer.write(text.encode())  # TOML is UTF-8, whatever the terminal is
            return 0
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{output} cannot be written: {error.strerror}") from error
        print(f"{output} {draft.summary}")  # noqa: T201 - to the operator
        print(f"next: {_next_command(arguments, output)}")  # noqa: T201 - likewise
        return 0


def _next_command(arguments: argparse.Namespace, profile: Path) -> str:
    """The command that looks at the same device with the draft; without a device, the one that plans."""
    where = [f"--{name}={typed}" for name in ("device", "service") if (typed := getattr(arguments, name))]
    spec = [f"--spec={typed}" for typed in arguments.spec or ()]
    way_in = typed_again(arguments) if where else []
    return join(["setpoint", "doctor" if where else "plan", *where, "--profile", str(profile), *spec, *way_in])


def _drafted(arguments: argparse.Namespace) -> Drafted:
    """Of what speaks the spec that was typed: a device of UDMI's, where none was."""
    spoken = [plug for plug in protocols() if plug is PLUG or plug.draft]
    if arguments.service:
        spoken = [plug for plug in spoken if any(subject.option == "service" for subject in plug.subjects)]
    spec = spec_of(arguments.spec, spoken)
    plug = protocol_of(spec)
    for option in _OF_SOME:
        if getattr(arguments, option) and option not in plug.draft_options:
            raise UsageError(f"--{option} has no use with {spec}")
    if plug.draft is None:
        return _heard(arguments) if arguments.device else _read(arguments)
    for option in _OF_UDMI:
        if getattr(arguments, option):
            raise UsageError(f"--{option.replace('_', '-')} has no use with {spec}")
    if arguments.topics != UDMI:
        raise UsageError(f"--topics has no use with {spec}, which has topics of its own")
    return plug.draft(arguments, spec)


def _add_listening(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add_spec_option(add)
    add("--seconds", type=seconds, default=_SECONDS, metavar="N", help="how long to listen; default: %(default)g")
    add(
        "--silent",
        action="store_true",
        help="send no config, and take what comes; by default one that wants nothing is sent, which releases every "
        "point, and the retained config that was there is put back at the end",
    )
    add(
        "--profile",
        type=Path,
        metavar="FILE",
        help="points that it may have, for a device that reports only those that a config lists: a profile, "
        "UDMI's metadata.json, or SITE_MODEL_FOLDER:AHU-1; the list of a retained config is asked for unasked",
    )
    add(
        "--deadline",
        action="append",
        metavar="PHASE=SECONDS",
        help="of an update: the seconds in which identify, download, update, activate, cleanup, rollback or "
        "current_state ends; may be given several times",
    )
    add("--clear", action="store_true", help="leave no config behind where none was found")
    add("--take-over", action="store_true", help="end another run that tests the device on that broker")
    add("--reports", type=Path, default=Path("reports"), metavar="DIR", help="where runs land (default: reports/)")
    add_options(add, "ours: as a client, or with listens as the server")
    add_listening_options(add)


def _heard(arguments: argparse.Namespace) -> Draft:
    _require(arguments.id, arguments.topics)
    nothing_known = ProfileFile(Profile(arguments.id, {}, topics=arguments.topics), {})
    given = read_profile(arguments.profile).profile if arguments.profile else None
    spec = Spec(spec_of(arguments.spec, [PLUG]))
    login, tls, client_id = login_of(arguments), tls_of(arguments), client_id_of(arguments)
    means = TargetOptions(nothing_known, login, tls, arguments.insecure, spec, arguments.client_ca, client_id)
    target = resolve(arguments.device, means)
    if isinstance(target, Recording):
        raise UsageError("a recording has its profile in it: its first line")
    with recovery_copy(arguments.reports, f"profile-{target.name}") as notes:
        listening = Listening(
            target,
            arguments.seconds,
            _tell,
            spec,
            arguments.silent,
            arguments.clear,
            notes.recorder,
            notes.folder,
            known_of_profile(given),
            takes_over=arguments.take_over,
        )
        try:
            heard = run(listening.hear(), target.clock)
        finally:
            notes.is_needed = not listening.is_put_back
    return sketch_of_heard(heard, arguments.id, arguments.topics, target.name)


def _read(arguments: argparse.Namespace) -> Draft:
    for option in _OF_A_BROKER:
        if getattr(arguments, option):
            raise UsageError(f"--{option.replace('_', '-')} has no use without --device")
    if arguments.site_model is None:
        metadata = Metadata.read(arguments.metadata, arguments.id)
        source = str(arguments.metadata)
    elif arguments.id is None:
        raise UsageError("--site-model has many devices: say which by --id")
    else:
        metadata = in_site(arguments.site_model, arguments.id)
        source = f"the site model {arguments.site_model}"
    _require(metadata.id, arguments.topics)
    return sketch_of_declaration(declared(metadata), arguments.topics, source)


def _require(device: str | None, topics: str) -> None:
    """Raises UsageError for an id or a topic that no profile could hold, before anything is looked for."""
    if device is None:
        raise UsageError("--device is a broker, where there may be many: say which by --id")
    found = problem(
        {"id": device, "topics": topics, "points": {"x": {"kind": "read_only", "good": []}}}, "udmi/schemas/profile"
    )
    if found:
        raise UsageError(f"--{found.place[0]}: {found.words}")
    if "{registry}" in topics:
        raise UsageError("--topics: write the registry itself in place of {registry}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the draft alone goes to standard output
