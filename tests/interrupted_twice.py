"""For `-p`: Ctrl-C before anything is driven, and again and again while pytest ends, and Python."""

import atexit
import os
import signal

import pytest

from harness.outlet import _KeptOpen


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The third comes with what pytest cleans up last."""
    config.add_cleanup(_ctrl_c)


def pytest_collection() -> None:
    """The first. The fourth comes when pytest is over."""
    atexit.register(_ctrl_c)
    raise KeyboardInterrupt


def pytest_sessionfinish() -> None:
    """The second. One more comes with all that is written from now on while pytest's own handler hears it."""
    _ctrl_c()
    write = _KeptOpen.write

    def interrupted(self: _KeptOpen, data: bytes) -> int:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            _ctrl_c()
        return write(self, data)

    _KeptOpen.write = interrupted  # type: ignore[assignment,method-assign]


def _ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)
