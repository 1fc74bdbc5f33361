"""The scripts by which a shell completes."""

import shlex
import shutil
import subprocess
from contextlib import redirect_stdout
from io import StringIO

import pytest

from harness.cli import main
from tests.cli.ended import ended


@pytest.mark.small_process
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (["doc"], ["doctor"]),
        (["explain", "ignores-e"], ["ignores-etag"]),
        (["test", "--only", "etag.stale-is"], ["etag.stale-is-invalid"]),
        (["sim", "--deviation", "ignores-e"], ["ignores-etag"]),
        (["plan", "--prof"], ["--profile"]),
    ],
)
def test_bash_completes(typed: list[str], completed: list[str], script: str) -> None:
    words = ["setpoint", *typed]
    asked = f"COMP_WORDS=({shlex.join(words)}); COMP_CWORD={len(typed)}; _shtab_setpoint {shlex.join(words[-1:])}"

    run = _bash(f'{script}\n{asked}\nprintf "%s\n" "${{COMPREPLY[@]}}"')

    assert run.splitlines() == completed


@pytest.mark.small_process
@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_completion_of_zsh_is_read_by_zsh(capsys: pytest.CaptureFixture[str]) -> None:
    ended("completion", "zsh")
    script = capsys.readouterr().out

    words = [shutil.which("zsh") or "zsh", "-n", "-c", script]
    read = subprocess.run(words, check=False, capture_output=True, text=True)  # noqa: S603 - a shell, on a script of ours

    assert (read.returncode, read.stderr) == (0, "")
    assert "_setpoint_requirements() { compadd -- " in script


@pytest.fixture(scope="module")
def script() -> str:
    with redirect_stdout(StringIO()) as printed:
        main(["completion", "bash"])
    return printed.getvalue()


def _bash(text: str) -> str:
    bash = shutil.which("bash")
    assert bash
    words = [bash, "--norc"]
    run = subprocess.run(words, input=text, check=True, capture_output=True, text=True, timeout=60)  # noqa: S603 - likewise
    assert run.stderr == ""
    return run.stdout
