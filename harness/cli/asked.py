"""The subjects that a command is asked about: by the same options as a test run."""

import argparse
from collections.abc import Mapping, Sequence

from harness.errors import UsageError
from harness.protocol import DEVICE, add_spec_option
from harness.target.asked_subjects import AskedSubject, asked_subjects, options_of_their_own


def add_asked(parser: argparse.ArgumentParser, help_of_device: str) -> None:
    """`--device`, the options of subjects that are met elsewhere, and `--spec`."""
    parser.add_argument("--device", metavar="TARGET", help=help_of_device)
    for option, names in options_of_their_own().items():
        parser.add_argument(f"--{option}", metavar="TARGET", help=f"where {names} is: sim, or as for --device")
    add_spec_option(parser.add_argument)


def asked_by(arguments: argparse.Namespace, otherwise: str | None = None) -> Sequence[AskedSubject]:
    """The subjects; `otherwise`: the `--device` that is meant where nothing is named. Raises UsageError."""
    elsewhere = _elsewhere(arguments)
    device = arguments.device or (None if elsewhere else otherwise)
    return asked_subjects(device, arguments.spec, elsewhere, arguments.profile)


def must_name_one(arguments: argparse.Namespace) -> None:
    """Raises UsageError where the operator says of nothing where it is."""
    if not (arguments.device or _elsewhere(arguments)):
        options = " or ".join(f"--{option}" for option in (DEVICE, *options_of_their_own()))
        raise UsageError(f"{options} is missing, which says where the thing is that is to be looked at")


def _elsewhere(arguments: argparse.Namespace) -> Mapping[str, str]:
    named = {option: getattr(arguments, option.replace("-", "_")) for option in options_of_their_own()}
    return {option: str(address) for option, address in named.items() if address}
