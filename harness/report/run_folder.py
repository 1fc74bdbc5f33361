"""The folder of a run: `reports/<run>/`, and `reports/latest` that leads to the newest that has results."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from harness.errors import UsageError
from harness.report.ci.junit import write_junit
from harness.report.making import write_results
from harness.report.markdown import write_markdown
from harness.report.page.html import write_html
from harness.report.page.scenes import NONE_AT_HAND, ScenesByTrace
from harness.report.results import Results


def new_run_folder(reports: Path, target: str) -> Path:
    """A folder of its own, named by the time of day and the target; raises UsageError where none can be made."""
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    words = re.split(r"[^\w.]+|_+", target)
    name = f"{started}-{'-'.join(filter(None, words))[:40]}"
    for number in range(1, 1000):
        folder = reports / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:  # of a run that began in the same second
            continue
        except OSError as error:
            raise UsageError(f"cannot write reports into {reports}: {error.strerror}") from error
        return folder
    raise UsageError(f"{reports / name} exists a thousand times")


def write_pages(results: Results, folder: Path, at_hand: ScenesByTrace = NONE_AT_HAND) -> None:
    """Every file that can be made from results, and from the traces where they lie beside them.

    `at_hand`: the scenes of traces that are read already. Raises UsageError where a protocol is not installed.
    """
    with _told(folder):
        write_junit(results, folder / "junit.xml", at_hand)
        write_markdown(results, folder / "summary.md")
        write_html(results, folder, at_hand)


def write_all(results: Results, folder: Path, at_hand: ScenesByTrace = NONE_AT_HAND) -> None:
    """The results, and every page that is made of them."""
    with _told(folder):
        write_results(results, folder / "results.json")
        _set_latest_to(folder)
    write_pages(results, folder, at_hand)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Raises UsageError where the folder takes no more."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be written: {error.strerror}") from error


def _set_latest_to(folder: Path) -> None:
    latest, fresh = folder.parent / "latest", folder.parent / f".latest-{folder.name}"
    fresh.symlink_to(folder.name, target_is_directory=True)
    fresh.replace(latest)  # at once, so that two runs that start together leave one of them
