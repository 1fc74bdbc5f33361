"""Whole or partial: of a part of a spec nothing conforms, however that part was chosen."""

from pathlib import Path

import pytest

from tests.runs import ROOT, Run, run_suites, run_tests

pytestmark = pytest.mark.process

BROKEN = "--variant", "fails-early"


def _partial(run: Run) -> tuple[int, list[str]]:
    """How many requirements were asked, and how they were chosen; the whole is the catalogue's."""
    partial = run.judged.partial
    assert partial is not None
    assert partial.of > 150
    return partial.asked, list(partial.chosen)


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (("--only", "etag.stale-is-invalid"), "--only=etag.stale-is-invalid"),
        (("-k", "test_every_write_of_a_stale_config_is_invalid"), "-k 'test_every_write_of_a_stale_config_is_invalid'"),
    ],
)
def test_part_that_is_selected_is_counted_beside_the_whole(
    tmp_path: Path, options: tuple[str, ...], chosen: str
) -> None:
    run = run_suites(tmp_path, *options)

    assert run.code == 0
    assert _partial(run) == (1, [chosen])
    assert run.judged.outcome == "nothing broken"
    assert "requirements 1 was asked, and it is not broken." in run.output
    assert " conforms" not in run.output
    assert f"Partial: {chosen}" in run.output
    assert chosen.replace("'", "&#39;") in (run.folder / "report.html").read_text(encoding="utf-8")


def test_part_that_hides_files_is_counted_beside_the_whole(tmp_path: Path) -> None:
    hidden = ["--ignore=suites/udmi/writeback", "--ignore=suites/udmi/invariants/test_etags.py"]
    path = run_tests(tmp_path / "path", "suites/udmi/log_entries")
    ignored = run_suites(
        tmp_path / "ignored", "--ignore=suites/udmi/writeback", "--ignore=suites/udmi/invariants/test_etags.py"
    )

    assert (path.code, _partial(path)) == (0, (9, ["suites/udmi/log_entries"]))
    assert (ignored.code, _partial(ignored)[1]) == (0, hidden)
    assert " conforms" not in path.output + ignored.output


def test_what_failed_last_is_a_part(tmp_path: Path) -> None:
    cache = ("-o", f"cache_dir={tmp_path / 'cache'}")
    run_suites(tmp_path, *cache, "--only", "writeback.failure-after-a-minute", *BROKEN)

    again = run_suites(tmp_path, *cache, "--lf")

    assert (again.code, _partial(again)) == (0, (1, ["--lf"]))
    assert " conforms" not in again.output


def test_file_that_cannot_be_collected_leaves_a_part_and_no_zero(tmp_path: Path) -> None:
    broken = tmp_path / "test_broken.py"
    broken.write_text("import no_such_module\n", encoding="utf-8")

    run = run_suites(tmp_path / "reports", str(broken), "--continue-on-collection-errors")

    assert run.code == 4
    assert run.judged.outcome == "nothing broken"
    assert "1 not to be collected" in _partial(run)[1]


def test_part_in_which_a_must_is_broken_does_not_conform(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--only", "writeback.failure-after-a-minute", *BROKEN)

    assert run.code == 1
    assert "AHU-1 does not conform to udmi-1.5: of " in run.output
    assert "requirements 1 was asked, and 1 must is broken." in run.output


def test_whole_suite_is_no_part_wherever_it_is_named(tmp_path: Path) -> None:
    run = run_tests(tmp_path, str(ROOT / "suites"), "--spec", "pointset-2021")

    assert (run.code, run.judged.partial, run.judged.outcome) == (0, None, "conforms")


def test_run_of_everything_that_may_have_hidden_something_says_no_more_than_is_known(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "-o", f"cache_dir={tmp_path / 'cache'}", "--lf")

    assert run.code == 0
    assert (
        "requirements were asked, but maybe not by all of their judgements, and none of these is broken" in run.output
    )
