"""For `-p`: Ctrl-C before anything is driven, and again and again while pytest ends, and Python."""

import atexit
import os
import signal

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The third comes with what pytest cleans up last."""
    config.add_cleanup(_ctrl_c)


def pytest_collection() -> None:
    """The first. The fourth comes when pytest is over."""
    atexit.register(_ctrl_c)
    raise KeyboardInterrupt


def pytest_sessionfinish() -> None:
    """The second."""
    _ctrl_c()


def _ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)
