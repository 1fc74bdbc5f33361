"""The terminal's face: `setpoint COMMAND`. Commands are found by the entry point `setpoint.commands`."""

from harness.cli.command import Command, check_command
from harness.cli.terminal import main

__all__ = ["Command", "check_command", "main"]
