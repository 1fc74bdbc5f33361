"""What every test must leave behind: nothing."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

_OPEN_FILES = Path("/proc/self/fd")
_FAREWELL = 10.0  # seconds


@pytest.fixture(autouse=True, scope="session")
def hears_of_ctrl_c() -> None:
    """Here and in every process that a test starts; what runs in a shell's background inherits that it does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def leaves_nothing_behind() -> Iterator[None]:
    """Fail a test that leaks a thread, or a socket."""
    threads, sockets = set(threading.enumerate()), _sockets()
    yield
    for thread in set(threading.enumerate()) - threads:
        thread.join(_FAREWELL)  # such as asyncio's for a process of ours: it is told of its end, and then ends itself
    assert set(threading.enumerate()) <= threads, "a thread goes on"
    assert _sockets() <= sockets, "a socket is still open"


def _sockets() -> set[str]:
    """Those of this process, where the system tells."""
    if not _OPEN_FILES.is_dir():
        return set()
    targets = set()
    for entry in _OPEN_FILES.iterdir():
        try:
            targets.add(os.readlink(entry))  # noqa: PTH115 - no path, but a socket's name
        except OSError:  # it was the listing's own
            continue
    return {target for target in targets if target.startswith("socket:")}
