"""Every test leaves nothing behind."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

pytest_plugins = ["pytester", "tests.built_wheel"]

_STRICT = pytest.mark.filterwarnings("error")  # tox is as strict while it collects, and in live/

_CHEAP = ("git", "mosquitto", "mosquitto_passwd")  # small programs, started in no time, and ended as soon
_STARTED: list[str] = []  # programs, since the test began
_ALTERED = "tests/altered/"
_OPEN_FILES = Path("/proc/self/fd")
_FAREWELL = 10.0  # seconds


def pytest_configure(config: pytest.Config) -> None:
    """Watch every process that starts from now on."""
    config.addinivalue_line("markers", "process: starts processes, which is slow: tox runs it under one Python")
    config.addinivalue_line("markers", "small_process: starts one that is soon done: tox runs it under each Python")
    sys.addaudithook(_note_process)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """With `--dist loadfile` altered episodes, which share nothing, are spread; a file of them is half of all work."""
    return _FilesAndAlterations(config, log) if config.getvalue("dist") == "loadfile" else None


class _FilesAndAlterations(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        """Whom a test stays with: the tests of its file, or nobody."""
        return nodeid if nodeid.startswith(_ALTERED) else super()._split_scope(nodeid)


def _note_process(event: str, facts: tuple[object, ...]) -> None:
    if event == "subprocess.Popen":
        _STARTED.append(Path(os.fsdecode(facts[0])).name)  # type: ignore[arg-type]
    elif event == "tests.forked":
        _STARTED.append("a fork")


def pytest_runtest_logstart() -> None:
    """Nothing was started for this test yet, not even for a fixture of its."""
    _STARTED.clear()


def pytest_itemcollected(item: pytest.Item) -> None:
    """A warning fails a test of ours; of an operator's run, where other plugins warn too, it fails nothing."""
    item.add_marker(_STRICT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what a test wants told though it passed, such as how long a walk took."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == "told in the end":
                terminalreporter.write_line(str(text))


@pytest.fixture(autouse=True, scope="session")
def hears_of_ctrl_c() -> None:
    """Here and in every process that a test starts; what runs in a shell's background inherits that it does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def hears_of_a_hang_up() -> None:
    """A process that a test starts does, though the tests run under nohup: it inherits only what is ignored."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: None)


@pytest.fixture(autouse=True)
def is_marked_if_it_starts_processes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that starts a process, be it in a fixture, and does not say so: every Python would wait for it."""
    yield
    started = [name for name in _STARTED if name not in _CHEAP]
    is_marked = any(request.node.get_closest_marker(name) for name in ("process", "small_process"))
    assert is_marked or not started, f"neither marked `process` nor `small_process`, but it starts {started}"


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
