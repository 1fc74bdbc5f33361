"""The name that a run of ours gives on somebody's broker, and how it is read again."""

import getpass
import os
import socket

from harness.payload.fields import read_object
from harness.text import printable

RUNS = "setpoint/runs/"  # what the topics begin with at which runs tell each other of themselves


def who() -> str:
    """The user of this process, and the machine."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may know no name for its user
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def owner(said: bytes) -> str:
    """The name in a claim, and since when it holds; the claim may hold anything."""
    fields = read_object(said, [])
    name, since = fields.text("who"), fields.text("since")
    name = printable(name) if isinstance(name, str) else "somebody"
    return f"{name} (since {printable(since)})" if isinstance(since, str) else name
