"""The address of a simulated machine's own broker: in virtual time a socket of this machine, and all comes at once."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from tempfile import TemporaryDirectory

from harness.broker.listener import LOOPBACK
from harness.clock import is_virtual

_NUMBERS = count()
_LONGEST_PATH = 100  # bytes; of a socket's file, systems take 103 or a few more


@contextmanager
def broker_host() -> Iterator[str]:
    """The address, as long as the block lasts."""
    if not (is_virtual() and hasattr(socket, "AF_UNIX")):
        yield LOOPBACK
    elif sys.platform == "linux":  # where it has a name, and no file that a process could leave behind
        yield f"\0setpoint-{os.getpid()}-{next(_NUMBERS)}"
    else:
        with TemporaryDirectory(prefix="setpoint-") as folder:
            file = f"{folder}/broker"
            yield file if len(os.fsencode(file)) <= _LONGEST_PATH else LOOPBACK
