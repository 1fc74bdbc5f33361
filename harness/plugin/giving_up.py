"""What the operator asked for cannot be: pytest ends, and our sentence is all that is said of it."""

import sys

import pytest
from _pytest.outcomes import Exit
from _pytest.terminal import TerminalReporter

from harness.judging.finding import Outcome

SENTENCE = pytest.StashKey[str]()


class GaveUp(Exit):
    """Where the configuration is refused, nobody but pytest is there to say so: it says NAME: SENTENCE."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, Outcome.UNUSABLE)


GaveUp.__name__ = "setpoint"


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Left alone, the terminal's reporter frames the sentence with exclamation marks and the name of a class."""
    sentence, reporter = config.stash.get(SENTENCE, None), config.pluginmanager.get_plugin("terminalreporter")
    if sentence is None:
        return
    if isinstance(reporter, TerminalReporter):
        reporter._keyboardinterrupt_memo = None  # noqa: SLF001 - pytest has no other way to say it differently
        reporter.write_line(f"setpoint: {sentence}", red=True)
    else:
        print(f"setpoint: {sentence}", file=sys.stderr)  # noqa: T201 - nobody else would
