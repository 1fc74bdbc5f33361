"""A config that a killed run left on the broker is known again, and the one that had lain there before is not lost."""

from pathlib import Path

import pytest

from harness.driving.shared_broker.abandoned_config import AbandonedConfig, leftover
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Found, Record, Sent
from harness.record.lines import FORMAT, to_line
from tests.protocols.udmi.driving.playing import PROFILE

CONFIG = "/devices/DEV-1/config"
OURS, THEIRS = b'{"ours": "\xc3\xa4"}', b'{"theirs": true}'
SENT = Sent(2.0, CONFIG, OURS, "write")


def run(reports: Path, name: str, *records: Record) -> Path:
    """A run that recorded this."""
    folder = reports / name
    folder.mkdir()
    began = Began(0.0, FORMAT, "0", Spec.UDMI_1_5, "real", "mqtt://broker:1883", PROFILE.as_dict())
    (folder / "trace.ndjson").write_text("".join(f"{to_line(record)}\n" for record in (began, *records)))
    return folder


def test_config_that_a_run_sent_is_its_leftover_with_what_it_had_found(tmp_path: Path) -> None:
    folder = run(tmp_path, "killed", Found(1.0, CONFIG, THEIRS), SENT)

    assert leftover(tmp_path, CONFIG, OURS) == AbandonedConfig(folder, THEIRS)


def test_config_that_a_run_sent_where_nothing_lay_is_its_leftover_too(tmp_path: Path) -> None:
    folder = run(tmp_path, "killed", SENT)

    assert leftover(tmp_path, CONFIG, OURS) == AbandonedConfig(folder, None)


@pytest.mark.parametrize(("topic", "payload"), [(CONFIG, THEIRS), ("/devices/DEV-2/config", OURS)])
def test_what_no_run_sent_there_is_somebody_elses(tmp_path: Path, topic: str, payload: bytes) -> None:
    run(tmp_path, "killed", Found(1.0, CONFIG, THEIRS), SENT)

    assert leftover(tmp_path, topic, payload) is None


def test_latest_run_that_sent_it_counts(tmp_path: Path) -> None:
    run(tmp_path, "2026-01-01", Found(1.0, CONFIG, b"older"), SENT)
    folder = run(tmp_path, "2026-01-02", Found(1.0, CONFIG, THEIRS), SENT)

    assert leftover(tmp_path, CONFIG, OURS) == AbandonedConfig(folder, THEIRS)


def test_trace_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    for name, content in (("a", b"\xff"), ("b", b'{"ours": "\xc3\xa4"}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "trace.ndjson").write_bytes(content)
    folder = run(tmp_path, "0", SENT)

    assert leftover(tmp_path, CONFIG, OURS) == AbandonedConfig(folder, None)


def test_where_no_reports_are_nothing_is_left_over(tmp_path: Path) -> None:
    assert leftover(tmp_path / "nowhere", CONFIG, OURS) is None
