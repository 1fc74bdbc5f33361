"""`setpoint profile`: the draft of a profile, from a device or from its metadata."""

import argparse
import asyncio
import sys
from pathlib import Path

from harness.cli.kept import kept
from harness.clock import new_loop
from harness.credentials import add_listening_options, add_options, login_of, tls_of
from harness.drafting.draft import Draft
from harness.drafting.listening import Listening
from harness.drafting.sketching import sketch_of_declaration, sketch_of_heard
from harness.errors import UsageError
from harness.profile import Profile
from harness.profile_file import ProfileFile
from harness.schema import problem
from harness.target import Means, Recording, resolve
from harness.udmi_model.declaring import declared
from harness.udmi_model.metadata import Metadata
from harness.udmi_model.site_model import in_site
from harness.wire.spec import add_option as add_spec
from harness.wire.spec import spec_of
from harness.wire.topics import UDMI

_SECONDS = 20.0
_OF_A_BROKER = ("spec", "silent", "clear", "insecure", "client_ca", "user", "password_file", "ca", "certificate", "key")


class DraftProfile:
    """Draft a device's profile from what it says, or from its UDMI metadata."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where it comes from, and where it goes."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument(
            "--device", metavar="URL", help="mqtt[s]://HOST[:PORT], or listen[s]://HOST[:PORT]; needs --id"
        )
        source.add_argument("--metadata", type=Path, metavar="FILE", help="read UDMI's metadata.json")
        source.add_argument("--site-model", type=Path, metavar="DIR", help="read it in a UDMI site model; needs --id")
        add = parser.add_argument
        add("--id", metavar="ID", help="the device's id")
        add("--topics", default=UDMI, metavar="ROOT", help="what its topics begin with; default: %(default)s")
        add("-o", "--output", type=Path, metavar="FILE", help="where the draft goes; default: standard output")
        add("--force", action="store_true", help="overwrite what is there")
        _add_listening(parser.add_argument_group("with --device"))

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once it is written."""
        output: Path | None = arguments.output
        if output and output.exists() and not arguments.force:
            raise UsageError(f"{output} is there already; --force overwrites it")
        draft = _heard(arguments) if arguments.device else _read(arguments)
        text = draft.text(output or Path("the draft"))
        if output is None:
            sys.stdout.write(text)
            return 0
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{output} cannot be written: {error.strerror}") from error
        print(f"{output} has {len(draft.sketches)} points; go through every line")  # noqa: T201 - to the operator
        return 0


def _add_listening(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add_spec(add)
    add("--seconds", type=_seconds, default=_SECONDS, metavar="N", help="how long to listen; default: %(default)g")
    add(
        "--silent",
        action="store_true",
        help="send no config, and take what comes; by default one that wants nothing is sent, which releases every "
        "point, and the retained config that was there is put back at the end",
    )
    add("--clear", action="store_true", help="leave no config behind where none was found")
    add("--reports", type=Path, default=Path("reports"), metavar="DIR", help="where runs land (default: reports/)")
    add_options(add, "ours: as a client, or with listens as the server")
    add_listening_options(add)


def _heard(arguments: argparse.Namespace) -> Draft:
    _require(arguments.id, arguments.topics)
    nothing_known = ProfileFile(Profile(arguments.id, {}, topics=arguments.topics), {})
    spec = spec_of(arguments.spec)
    means = Means(nothing_known, login_of(arguments), tls_of(arguments), arguments.insecure, spec, arguments.client_ca)
    target = resolve(arguments.device, means)
    if isinstance(target, Recording):
        raise UsageError("a recording has its profile in it: its first line")
    with kept(arguments.reports, f"profile-{target.name}") as notes:
        listening = Listening(
            target, arguments.seconds, _tell, spec, arguments.silent, arguments.clear, notes.recorder, notes.folder
        )
        try:
            with asyncio.Runner(loop_factory=lambda: new_loop(target.clock)) as runner:
                heard = runner.run(listening.hear())
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
    """What a profile could not hold is not looked for either."""
    if device is None:
        raise UsageError("--device is a broker, where there may be many: say which by --id")
    found = problem({"id": device, "topics": topics, "points": {"x": {"kind": "read_only", "good": []}}}, "profile")
    if found:
        raise UsageError(f"--{found.place[0]}: {found.words}")
    if "{registry}" in topics:
        raise UsageError("--topics: write the registry itself in place of {registry}")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return seconds


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - the draft alone goes to standard output
