"""`setpoint profile --confirm` as an operator, or a script, runs it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli import main
from harness.errors import UsageError
from harness.protocols.udmi.cli.confirm import confirm
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.profile_file import ProfileFile
from tests.protocols.udmi.drafting.test_confirming import DRAFT


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A draft."""
    path = tmp_path / "acme.toml"
    path.write_text(DRAFT)
    return path


def kinds(file: Path) -> dict[str, tuple[PointKind, tuple[str, ...]]]:
    """The kinds of its points by the file."""
    return {name: (point.kind, point.guessed) for name, point in ProfileFile.read(file).profile.points.items()}


def test_script_confirms_point_by_point(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["profile", "--confirm", str(file), "--confirm", "valve=slow"]

    assert main(said) == 0
    assert kinds(file) == {"valve": (PointKind.SLOW, ()), "fan": (PointKind.WRITABLE, ("kind",))}
    assert capsys.readouterr().out == f"{file}: still a guess: make, fan\n"

    assert main([*said, "--confirm", "fan=writable", "--confirm", "nameplate=right"]) == 0
    assert capsys.readouterr().out == f"{file}: nothing in it is a guess any more\n"
    assert main(["profile", "--confirm", str(file)]) == 0
    assert capsys.readouterr().out == f"nothing in {file} is a guess\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["FILE"], "asks a person, and there is no terminal; a script adds --confirm POINT=KIND"),
        (["FILE", "valve=slwo"], "'slwo' is no kind; did you mean 'slow'?"),
        (["FILE", "pump=slow"], "has no point 'pump'"),
        (["valve=slow"], "--confirm needs one FILE"),
        (["FILE", "FILE"], "--confirm needs one FILE"),
        (["nowhere.toml"], "cannot read the profile nowhere.toml"),
    ],
)
def test_what_cannot_be_confirmed_is_told_and_the_file_stays(
    file: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [part for word in words for part in ("--confirm", str(file) if word == "FILE" else word)]

    assert main(["profile", *options]) == 3
    assert told in capsys.readouterr().err
    assert file.read_text() == DRAFT


def test_person_is_asked_at_a_terminal(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    answers: Iterator[str] = iter(["", "what", "stuck", "s"])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    assert confirm([str(file)], answer) == 0

    assert kinds(file) == {"valve": (PointKind.STUCK, ()), "fan": (PointKind.WRITABLE, ("kind",))}
    assert ProfileFile.read(file).profile.guessed == ()
    assert asked[0] == "Is that what stands on the device? [Enter, s] "
    assert asked[1] == asked[2] == "valve [read_only; or writable, overridden, slow, stuck, faulty; s] "


def test_person_who_breaks_off_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    def gone(_question: str) -> str:
        raise EOFError

    with pytest.raises(UsageError, match="nobody answered"):
        confirm([str(file)], gone)
    assert file.read_text() == DRAFT
