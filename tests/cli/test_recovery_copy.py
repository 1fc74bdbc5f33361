"""The file that a command keeps as long as it may be killed."""

from pathlib import Path

import pytest

from harness.cli.recovery_copy import recovery_copy
from harness.record.kinds import Found
from harness.record.trace import Recorder


def test_what_is_found_is_in_the_file_at_once_and_nothing_of_it_is_left(tmp_path: Path) -> None:
    reports = tmp_path / "reports"

    with recovery_copy(reports, "doctor") as notes:
        notes.recorder.append(Found(1.0, "t", b"theirs"))
        assert "theirs" in (notes.folder / "trace.ndjson").read_text(encoding="utf-8")

    assert not reports.exists()


def test_what_could_not_be_put_back_stays(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), recovery_copy(tmp_path, "doctor") as notes:  # noqa: PT012 - all of it is one act
        notes.is_needed = True
        raise KeyboardInterrupt

    assert (notes.folder / "trace.ndjson").exists()
    assert isinstance(notes.recorder, Recorder)


def test_reports_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "another").mkdir()

    with recovery_copy(tmp_path, "doctor"):
        pass

    assert [entry.name for entry in tmp_path.iterdir()] == ["another"]
