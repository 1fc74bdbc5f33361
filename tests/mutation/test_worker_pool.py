"""Processes that judge: asked side by side, heard in order, and gone whatever happens."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from harness.errors import UsageError
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Verdict
from harness.mutation.worker_pool import LostWorkerError, worker_pool
from simulator.udmi.target import AHU_1
from tests.runs import ROOT

pytestmark = pytest.mark.process

# One that says what it was asked for, in place of what came of it; and leaves a file that says which process it is.
_FAKE = """
import os, pickle, sys
from pathlib import Path
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Verdict
from harness.target import Variant
from harness.mutation.matrix import Refusal, WorkerReady
def say(what):
    pickle.dump(what, sys.stdout.buffer)
    sys.stdout.flush()
Path(sys.argv[1], str(os.getpid())).touch()
say(WorkerReady((Variant("one"), Variant("other"))))
for asked in sys.stdin:
    name = asked.strip()
    if name == "falls over":
        sys.exit(7)
    if name == "waits":
        os.read(os.open(sys.argv[1] + "/pipe", os.O_RDONLY), 1)
    say(Refusal("no such thing") if name == "refused" else (Finding("id", name, Verdict.PASS, "", (), (), ()),))
"""
_COMMAND = (sys.executable, "-c", _FAKE)


def _asked_for(findings: Sequence[Finding]) -> str:
    assert all(finding.verdict is Verdict.PASS for finding in findings)
    return findings[0].judgement


def _alive(folder: Path) -> list[int]:
    """Those of the processes that still are."""
    return [pid for pid in (int(file.name) for file in folder.iterdir() if file.name.isdecimal()) if _is_alive(pid)]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _processes_with(word: str) -> set[int]:
    """Those whose command line has it, but for this one."""
    found = set()
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdecimal() and word in (process / "cmdline").read_text(errors="replace"):
                found.add(int(process.name))
    return found - {os.getpid()}


def _wait_until(fact: Callable[[], bool]) -> None:
    give_up = monotonic() + 60
    while not fact():
        assert monotonic() < give_up
        sleep(0.05)


def test_judges_are_heard_in_the_order_of_the_questions(tmp_path: Path) -> None:
    asked = [None, *(f"variant {number}" for number in range(50))]

    with worker_pool(3, (*_COMMAND, str(tmp_path))) as judges:
        heard = [_asked_for(findings) for findings in judges.findings(asked)]

    assert heard == [name or "" for name in asked]


def test_judges_share_the_work(tmp_path: Path) -> None:
    """One is held up for good, so that the other must do the rest."""
    os.mkfifo(tmp_path / "pipe")

    with worker_pool(2, (*_COMMAND, str(tmp_path))) as judges:
        judges.findings(["waits"])
        others = [_asked_for(findings) for findings in judges.findings(["a", "b", "c"])]

    assert others == ["a", "b", "c"]


def test_judges_say_which_variants_there_are(tmp_path: Path) -> None:
    with worker_pool(2, (*_COMMAND, str(tmp_path))) as judges:
        assert [variant.id for variant in judges.variants] == ["one", "other"]


def test_what_a_judge_refuses_the_operator_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such thing"), worker_pool(2, (*_COMMAND, str(tmp_path))) as judges:
        list(judges.findings(["a", "refused", "b"]))


def test_judge_that_falls_over_is_told_with_what_it_was_at(tmp_path: Path) -> None:
    told = r"the process that was to judge falls over ended with 7"

    with pytest.raises(LostWorkerError, match=told), worker_pool(2, (*_COMMAND, str(tmp_path))) as judges:
        list(judges.findings(["a", "falls over", "b", "c"]))

    assert _alive(tmp_path) == []


def test_judges_are_gone_when_the_work_is_done(tmp_path: Path) -> None:
    with worker_pool(3, (*_COMMAND, str(tmp_path))):
        assert len(_alive(tmp_path)) == 3

    assert _alive(tmp_path) == []


def test_judges_hear_no_ctrl_c_of_ours_and_share_our_niceness(tmp_path: Path) -> None:
    """A terminal's Ctrl-C is for our group, and niceness counts within a session."""
    with worker_pool(2, (*_COMMAND, str(tmp_path))):
        alive = _alive(tmp_path)

        assert [os.getpgid(pid) for pid in alive] == alive
        assert {os.getsid(pid) for pid in alive} == {os.getsid(0)}


def test_judges_are_gone_after_an_interruption_in_the_middle(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    def interrupted() -> None:
        with worker_pool(2, (*_COMMAND, str(tmp_path))) as judges:
            judges.findings(["waits"] * 100)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert _alive(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no /proc to look for processes in")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_however_the_matrix_is_ended(tmp_path: Path, how: signal.Signals) -> None:
    device = Path(shutil.copy(AHU_1, tmp_path))
    command = [sys.executable, "-c", "import sys; from harness.cli import main; sys.exit(main())"]
    validity = [*command, "validity", "--jobs", "2", "--device", f"sim:{device}"]

    with subprocess.Popen(validity, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        assert process.stdout
        assert process.stdout.readline().startswith(b"caught")
        assert len(_processes_with(str(device))) == 3
        process.send_signal(how)

    _wait_until(lambda: not _processes_with(str(device)))
