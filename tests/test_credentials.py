"""Passwords and tokens come from files and from the environment."""

from pathlib import Path

import pytest

from harness.credentials import secret
from harness.errors import UsageError


def test_secret_is_the_first_line_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "another")
    (tmp_path / "word").write_text("open sesame \nthe rest\n")

    assert secret("WORD", tmp_path / "word") == "open sesame "


def test_secret_without_a_file_stands_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "sesame")

    assert secret("WORD", None) == "sesame"


@pytest.mark.parametrize("value", [None, ""])
def test_secret_that_nobody_gave_is_none(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("WORD", raising=False)
    if value is not None:
        monkeypatch.setenv("WORD", value)

    assert secret("WORD", None) is None


@pytest.mark.parametrize(("content", "complaint"), [(b"", "is empty"), (b"\nx", "is empty"), (b"\xff", "is not UTF-8")])
def test_file_without_a_secret_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / "word").write_bytes(content)

    with pytest.raises(UsageError, match=complaint):
        secret("WORD", tmp_path / "word")


def test_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        secret("WORD", tmp_path / "nowhere")
