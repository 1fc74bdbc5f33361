"""The subjects that a command is asked about: by the same options as a test run."""

import argparse
from collections.abc import Sequence

from harness.errors import UsageError
from harness.protocol import DEVICE
from harness.target.asked_subjects import (
    AskedSubject,
    Elsewhere,
    add_options_of_their_own,
    asked_subjects,
    elsewhere_typed,
    option_meant,
    options_of_their_own,
)
from harness.target.spec_option import add_spec_option


def add_asked(parser: argparse.ArgumentParser, help_of_device: str) -> None:
    """`--device`, the options of subjects that are met elsewhere, and `--spec`."""
    parser.add_argument("--device", metavar="TARGET", help=help_of_device)
    add_options_of_their_own(parser.add_argument)
    add_spec_option(parser.add_argument)


def asked_by(arguments: argparse.Namespace, otherwise: str | None = None) -> Sequence[AskedSubject]:
    """The subjects; `otherwise`: where the one of the profile is met, if nothing is named. Raises UsageError."""
    device, elsewhere = arguments.device, elsewhere_typed(arguments)
    if otherwise and not (device or elsewhere):
        option = option_meant(arguments.profile)
        device, elsewhere = (otherwise, {}) if option == DEVICE else (None, {option: Elsewhere(otherwise)})
    return asked_subjects(device, arguments.spec, elsewhere, arguments.profile)


def must_name_one(arguments: argparse.Namespace) -> None:
    """Raises UsageError where the operator says of nothing where it is."""
    if not (arguments.device or elsewhere_typed(arguments)):
        options = " or ".join(f"--{option}" for option in (DEVICE, *options_of_their_own()))
        raise UsageError(f"{options} is missing, which says where the thing is that is to be looked at")
