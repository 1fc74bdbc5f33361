"""A run that ends before its verdict says why, and its exit code does too.

An operator who asked for what cannot be, or whose target is not there: one sentence, and 3. A crash of ours: our
traceback, one sentence, and 4. Left alone, pytest would end a crash with 3, or with 1 as if a device did not conform.
"""

import sys
from collections.abc import Generator
from typing import NoReturn

import pytest
from _pytest.capture import CaptureManager
from _pytest.config import ConftestImportFailure
from _pytest.outcomes import Exit
from _pytest.terminal import TerminalReporter

from harness.crash import our_fault, tell_crash
from harness.errors import HarnessError
from harness.judging.verdicts.finding import Outcome
from harness.outlet import is_lost, keep_open, lose

SENTENCE = pytest.StashKey[str]()
_SESSION = pytest.StashKey[pytest.Session]()


class UsageExit(Exit):
    """pytest says NAME: SENTENCE on standard error where this ends a hook that is asked outside of all tests."""

    def __init__(self, sentence: str, outcome: Outcome = Outcome.UNUSABLE) -> None:
        super().__init__(sentence, outcome)


UsageExit.__name__ = "setpoint"


@pytest.hookimpl(tryfirst=True)
def pytest_addoption() -> None:
    """Before pytest takes hold of the streams: a reader that goes away ends no run."""
    keep_open()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """A suite that is named on the command line is read before there is a run that could be given up."""
    try:
        yield
    except ConftestImportFailure as failure:
        if not isinstance(failure.cause, HarnessError):
            raise
        print(f"setpoint: {failure.cause}", file=sys.stderr)  # noqa: T201 - nobody else would
        raise SystemExit(int(Outcome.UNUSABLE)) from None


def pytest_configure(config: pytest.Config) -> None:
    """From now on there is a terminal that may turn out to be full."""
    config.pluginmanager.register(_FullTerminal(config.pluginmanager), "setpoint-full-terminal")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Its exit code is known to nobody else at the very end."""
    session.config.stash[_SESSION] = session


@pytest.hookimpl(tryfirst=True)
def pytest_internalerror(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Wherever pytest was: configuring, collecting, driving, judging."""
    _give_up_for(excinfo.value)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    """Pages and the summary are made in here, and pytest would let a crash in them pass."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        _FullTerminal(session.config.pluginmanager).end_for(error)
        _give_up_for(error)


class _FullTerminal:
    """Output that finds no room must not end in 1, as if a device did not conform."""

    def __init__(self, plugins: pytest.PytestPluginManager) -> None:
        self._plugins = plugins

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Before the error is taken for a crash."""
        self.end_for(excinfo.value)

    def end_for(self, error: BaseException) -> None:
        """End pytest with our exit code, and drop the rest of its output."""
        reporter = self._plugins.get_plugin("terminalreporter")
        if not (isinstance(error, OSError) and is_lost(error) and isinstance(reporter, TerminalReporter)):
            return
        capture = self._plugins.get_plugin("capturemanager")
        if isinstance(capture, CaptureManager):
            capture.stop_global_capturing()  # suspended, it would have standard output back where it was at the end
        lose(error)
        raise SystemExit(int(Outcome.UNUSABLE))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_unconfigure(config: pytest.Config) -> Generator[None]:
    """The sentence comes last. Left alone, the terminal's reporter frames it, with the name of a class.

    Nobody can be given up to any more: the exit code is set where pytest will look for it.
    """
    _say_sentence(config)
    try:
        yield
    except Exception as error:
        if _SESSION not in config.stash:
            raise
        tell_crash(error)
        print(f"setpoint: {our_fault(error)}", file=sys.stderr)  # noqa: T201 - nobody else would
        config.stash[_SESSION].exitstatus = Outcome.HARNESS_ERROR


def _give_up_for(error: BaseException) -> NoReturn:
    """An error of the harness is a sentence to the operator; anything else is our crash."""
    if isinstance(error, Exit):
        raise error
    if isinstance(error, HarnessError):
        raise UsageExit(str(error)) from None
    tell_crash(error)
    raise UsageExit(our_fault(error), Outcome.HARNESS_ERROR) from None


def _say_sentence(config: pytest.Config) -> None:
    sentence, reporter = config.stash.get(SENTENCE, None), config.pluginmanager.get_plugin("terminalreporter")
    if sentence is None:
        return
    if isinstance(reporter, TerminalReporter):
        reporter._keyboardinterrupt_memo = None  # noqa: SLF001 - pytest has no other way to say it differently
        reporter.write_line(f"setpoint: {sentence}", red=True)
    else:
        print(f"setpoint: {sentence}", file=sys.stderr)  # noqa: T201 - nobody else would
