"""The command lines that operators and scripts have: each of them is understood for ever, and none is carried out."""

import argparse
import shlex
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import NoReturn

import pytest

from tests.frozen.drive import FROZEN

COMMANDS = (FROZEN / "commands.txt").read_text(encoding="utf-8").splitlines()

_RECORDING = "trace"  # it needs no target


def problem(command: str, config: pytest.Config) -> str | None:
    """The part of the command line that is no longer understood."""
    program, *words = shlex.split(command)
    if program == "pytest":
        known, unknown = config._parser.parse_known_and_unknown_args(words)  # noqa: SLF001 - there is no other way
        return f"no such option: {unknown}" if unknown else _of_target(known.device)
    return _of_setpoint(*words)


def _of_setpoint(name: str, *words: str) -> str | None:
    found = entry_points(group="setpoint.commands", name=name)
    if not found:
        return f"there is no command {name}"
    (command,) = (point.load()() for point in found)
    parser = _Parser()
    command.add_arguments(parser)
    try:
        known = parser.parse_args(words)
    except _MisunderstoodError as error:
        return str(error)
    device = getattr(known, "device", None)  # it is an id for `certs`, a file for `sim`
    return None if name in ("certs", "sim") else _of_target(device)


def _of_target(device: str | None) -> str | None:
    scheme = (device or "sim").partition(":")[0]
    return (
        None if scheme == _RECORDING or entry_points(group="setpoint.targets", name=scheme) else f"no target {scheme}"
    )


class _MisunderstoodError(Exception):
    """The parser's own words."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _MisunderstoodError(message)

    def parse_args(self, words: Sequence[str]) -> argparse.Namespace:  # type: ignore[override]
        return super().parse_args(list(words))
