"""For `-p`: the first Ctrl-C comes when all was driven and judged, and another when the report is written."""

import os
import signal


def pytest_sessionfinish() -> None:
    """Behind the last judgement."""
    os.kill(os.getpid(), signal.SIGINT)


def pytest_unconfigure() -> None:
    """Behind the report."""
    os.kill(os.getpid(), signal.SIGINT)
