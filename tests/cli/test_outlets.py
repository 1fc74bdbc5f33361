"""Commands in a shell as shells are: output that is full, closed or of ASCII alone, and words that mean nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli import main
from tests.runs import ROOT

_FULL = Path("/dev/full")
_SETPOINT = (sys.executable, "-c", "import sys; from harness.cli import main; sys.exit(main())")
_PYTEST = (sys.executable, "-m", "pytest", "suites/", "--only", "etag.stale-is-invalid", "-p", "no:hypothesispytest")
_BARE = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
_TALKATIVE = (
    ("explain", "--table"),
    ("validity", "--list"),
    ("doctor", "--device", "sim"),
    ("sim", "--broker", "mqtt://127.0.0.1:1", "--wait", "--seconds", "20"),
)

_PLAN = ("plan", "-v", "--profile", "live/devices/profiles/controller.toml")

needs_full = pytest.mark.skipif(not _FULL.exists(), reason="there is no /dev/full")


def _run(command: tuple[str, ...], out: int, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]  # noqa: S603 - ours
        command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=120, **more
    )


@pytest.mark.process
@needs_full
@pytest.mark.parametrize("arguments", _TALKATIVE, ids=" ".join)
def test_output_that_finds_no_room_is_told(arguments: tuple[str, ...]) -> None:
    with _FULL.open("wb") as full:
        done = _run((*_SETPOINT, *arguments), full.fileno())

    assert (done.returncode, done.stderr) == (
        3,
        "setpoint: standard output cannot be written: No space left on device\n",
    )


@pytest.mark.process
@needs_full
def test_run_whose_output_finds_no_room_does_not_end_as_if_a_device_did_not_conform(tmp_path: Path) -> None:
    with _FULL.open("wb") as full:
        done = _run((*_PYTEST, "--reports", str(tmp_path)), full.fileno())

    assert done.returncode == 3
    assert done.stderr == "setpoint: standard output cannot be written: No space left on device\n"


@pytest.fixture
def unread() -> Iterator[int]:
    """A pipe whose reader has gone away, as head does."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.process
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), 0),
        (("explain",), 0),
        (("explain", "--table"), 0),
        (("explain", "writeback.applied"), 0),
        (("explain", "no.such"), 3),
        (("validity", "--list"), 0),
        (("validity", "--variant", "fails-early", "--jobs", "1"), 0),
        (("doctor", "--device", "sim"), 0),
        (("fuzz", "--sequences", "2"), 0),
        (("certs", "DIR"), 0),
        (("report", "nowhere"), 3),
        (("restore", "nowhere"), 3),
        (("profile", "--metadata", "nowhere"), 3),
        (("nonsense",), 3),
    ],
    ids=str,
)
def test_reader_that_has_had_enough_changes_no_exit_code(
    arguments: tuple[str, ...], code: int, unread: int, tmp_path: Path
) -> None:
    known = (str(tmp_path / "c") if word == "DIR" else word for word in arguments)
    done = _run((*_SETPOINT, *known), unread)

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Broken pipe" not in done.stderr
    assert bool(done.stderr) == (code == 3)


@pytest.mark.process
@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--variant", "ignores-etag"), 1), (("--collect-only",), 0), (("--help",), 0), (("-k", "no"), 3)],
    ids=str,
)
@pytest.mark.parametrize("lines", [0, 9])
def test_run_whose_reader_has_had_enough_ends_as_it_would_have(
    options: tuple[str, ...], code: int, lines: int, tmp_path: Path
) -> None:
    command = (*_PYTEST, *options, "--reports", str(tmp_path))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdout
        assert process.stderr
        for _ in range(lines):
            process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (code, "")
    assert (tmp_path / "latest" / "report.html").exists() == (options in [(), ("--variant", "ignores-etag")])


@pytest.mark.process
@pytest.mark.parametrize(
    "arguments", [("sim", "--help"), ("explain", "writeback.applied"), ("doctor", "--device=sim"), _PLAN]
)
def test_terminal_of_ascii_alone_is_no_traceback(arguments: tuple[str, ...]) -> None:
    done = _run((*_SETPOINT, *arguments), subprocess.PIPE, env=_BARE)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["sim", "--seconds", "x"], "'x' is no number of seconds"),
        (["sim", "--count", "1.5"], "'1.5' is no number of devices; expected 1 to 1000"),
        (["profile", "--metadata", "m.json", "--seconds", "x"], "'x' is no number of seconds"),
        (["certs", "c", "--host", ""], "--host is '', which is neither a name"),
        (["certs", "c", "--host", "http://broker"], "neither a name such as broker.example nor an address"),
        (["certs", "c", "--host", "[::1]"], "neither a name such as broker.example nor an address"),
        (["certs", "c", "--host", "broker:8883"], "neither a name such as broker.example nor an address"),
        (["certs", "c", "--device", ""], "which has 1 to 64 characters"),
        (["profile", "--device", "mqtt://127.0.0.1:1", "--id", "A-1", "-o", "nowhere/x.toml"], "no folder nowhere"),
    ],
)
def test_word_that_cannot_be_meant_is_told(
    arguments: list[str],
    complaint: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code: object = main(arguments)
    except SystemExit as refused:
        code = refused.code
    said = capsys.readouterr().err

    assert (code, complaint in said) == (3, True), said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.process
def test_broker_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    target = ("--device=mqtt://127.0.0.1:1", "--profile=fixtures/profiles/ahu-1.toml")
    done = _run((*_PYTEST, *target, "--reports", str(tmp_path)), subprocess.PIPE)

    assert done.returncode == 3
    assert "cannot be reached: Connection refused; `setpoint doctor`" in done.stdout
    assert "trying again" not in done.stdout
