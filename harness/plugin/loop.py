"""Drives all that the selected judgements need, before the first is judged; a recording has been driven already."""

from collections.abc import Sequence
from contextlib import suppress

import pytest

from harness.clock import Clock
from harness.driving.scenario import EPISODES, SCENARIOS, Scenario
from harness.driving.stage import Progress, perform
from harness.errors import HarnessError, UsageError
from harness.judging.episode import episodes_of
from harness.plugin.options import chosen_clock, chosen_device, wants_judgement
from harness.plugin.run import RUN, give_up
from harness.plugin.validity import print_matrix
from harness.record import Record, to_line
from harness.report.run_folder import new_run_folder
from harness.target import Recording, Target, resolve
from harness.trace import Recorder


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Leaves judging to pytest; the matrix judges by itself."""
    config = session.config
    needed = needed_by(session.items)
    if config.option.collectonly or session.testsfailed:
        return None
    if not needed:
        if wants_judgement(config):
            give_up(config, UsageError(f"no judgement is selected: {_why_none(config)}"))
        return None
    try:
        if config.option.validity:
            return print_matrix(session, resolve(config.option.device or "sim"), needed)
        device = chosen_device(config)
        config.stash[RUN].records = _records(device, needed, config)
        config.stash[EPISODES] = episodes_of(config.stash[RUN].records)
    except HarnessError as error:
        give_up(config, error)
    return None


def _why_none(config: pytest.Config) -> str:
    """What the operator may have meant."""
    untested = [
        requirement for name in config.option.only or () if (requirement := config.stash[RUN].catalogue[name]).untested
    ]
    if untested:
        return f"{untested[0].id} is not judged. {untested[0].untested}"
    return "give pytest the suites/ folder, and see that -k and --only leave some"


def needed_by(items: Sequence[pytest.Item]) -> list[Scenario]:
    """The scenarios that these judgements ask for, in order of first use."""
    names = dict.fromkeys(name for item in items for name in _asked_for_by(item) if name in SCENARIOS)
    return [SCENARIOS[name] for name in names]


def _asked_for_by(item: pytest.Item) -> Sequence[str]:
    """Its fixtures, and the scenario that it is to be made in where it is made in several."""
    callspec = getattr(item, "callspec", None)
    chosen = callspec.params.get("episode") if callspec else None
    return [*getattr(item, "fixturenames", ()), *([chosen] if isinstance(chosen, str) else [])]


def _records(device: Target | Recording, needed: Sequence[Scenario], config: pytest.Config) -> Sequence[Record]:
    run = config.stash[RUN]
    reports = config.option.reports or config.rootpath / "reports"
    run.folder = new_run_folder(reports, "recording" if isinstance(device, Recording) else device.name)
    with (run.folder / "trace.ndjson").open("w", encoding="utf-8", buffering=1) as file:
        if isinstance(device, Recording):
            file.writelines(f"{to_line(record)}\n" for record in device.records)
            return device.records
        recorder = Recorder(file)
        clock = chosen_clock(config) or device.clock
        with suppress(KeyboardInterrupt):  # Ctrl-C ends the drive, not the run: what was seen is judged
            perform(device, needed, clock, recorder, _progress(config, clock, len(needed)))
        return recorder.records


def _progress(config: pytest.Config, clock: Clock, count: int) -> Progress:
    """A line per scenario where they take their time; in virtual time, one for all."""
    reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    write = reporter.write_line if reporter else print
    if clock is Clock.VIRTUAL:
        write(f"driving {count} scenarios in virtual time")
        return lambda _scenario: None
    played = iter(range(1, count + 1))
    return lambda scenario: write(f"driving {next(played)}/{count} {scenario}")
