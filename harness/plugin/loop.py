"""Drives all that the selected judgements need, before the first is judged; a recording has been driven already."""

import gc
from contextlib import ExitStack

import pytest

from harness.errors import HarnessError, LinkError, UsageError
from harness.judging.verdicts.finding import Outcome
from harness.plugin.drives import drive_all, needed_by
from harness.plugin.mutation_worker import answer
from harness.plugin.options import drives, wants_judgement
from harness.plugin.planning import write_plan
from harness.plugin.run import RUN, UNHEARD, carry_through, give_up


class UncollectedError(HarnessError):
    """A judgement that cannot be read cannot be made: pytest has said which, and why."""

    def __init__(self, files: int) -> None:
        super().__init__(f"Setpoint itself failed: {files} of its files could not be collected")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Ignore signals that are to be ignored to the very end: the first that is set up is taken down last."""
    early_config.stash[UNHEARD] = unheard = ExitStack()
    early_config.add_cleanup(unheard.close)


def pytest_configure(config: pytest.Config) -> None:
    """From now on a second Ctrl-C ends nothing that the first has not."""
    config.pluginmanager.register(_CtrlC(config), "setpoint-ctrl-c")


class _CtrlC:
    """pytest tells nobody whose run it is that was interrupted."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        """The run is over but for its last words: one more Ctrl-C must not put a traceback in their place."""
        carry_through(self._config, also_ctrl_c=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """All was driven and judged: what is left is to write it down, and a first Ctrl-C ends nothing any more."""
    run = session.config.stash.get(RUN, None)
    if run and run.folder:
        carry_through(session.config, also_ctrl_c=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Leaves judging to pytest; for the matrix, `answer` judges."""
    config = session.config
    needed = needed_by(session.items)
    if config.option.collectonly:
        return None
    if session.testsfailed and not config.option.continue_on_collection_errors:
        if drives(config):
            give_up(config, UncollectedError(session.testsfailed), Outcome.HARNESS_ERROR)
        return None
    config.stash[RUN].uncollected = session.testsfailed
    if not needed:
        if wants_judgement(config):
            give_up(config, UsageError(f"no judgement is selected: {_why_none(config)}"))
        return None
    collect_rarely(config)
    try:
        if config.option.validity:
            return answer(session, needed)
        if config.option.plan:
            return write_plan(session, needed, config.option.plan)
        drive_all(session)
    except LinkError as error:
        give_up(config, UsageError(f"{error}; `setpoint doctor` with the same --device and --profile looks for why"))
    except HarnessError as error:
        give_up(config, error)
    return None


def collect_rarely(config: pytest.Config) -> None:
    """Until the end of the run, look for garbage less often than Python does by itself.

    A run keeps most of what it makes, in objects by the hundred thousand: looking through these took a quarter of it.
    """
    before = gc.get_threshold()
    gc.freeze()  # what is imported stays
    gc.set_threshold(*_RARELY)
    config.add_cleanup(lambda: gc.set_threshold(*before))
    config.add_cleanup(gc.unfreeze)


_RARELY = (20_000, 20, 20)  # new objects, and rounds; by itself Python takes 700, 10 and 10


def _why_none(config: pytest.Config) -> str:
    """A guess at what the operator may have meant."""
    run = config.stash[RUN]
    for name in config.option.only or ():
        named = run.catalogue.named(name)
        if all(one.untested for one in named):
            return f"{named[0].id} is not judged. {named[0].untested}"
    for name in config.option.only or ():
        named = run.catalogue.named(name)
        judged = [one for one in map(run.asked_for, named) if one]
        if not judged:
            about = " and ".join(sorted({one.subject for one in named} - {name}))
            return f"{name} {f'is about {about}, which ' if about else ''}was not asked for"
        if not any(one.spec in requirement.levels for one in judged for requirement in named):
            specs = dict.fromkeys(spec for requirement in named for spec in requirement.levels)
            return f"{name} is no clause of {judged[0].spec}, but of {', '.join(specs)}"
    return "give pytest the suites/ folder, and see that -k and --only leave some"
