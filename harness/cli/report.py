"""`setpoint report RUN`: every page again, from the results of an old run."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from harness.report.reading import read_results
from harness.report.run_folder import write_pages


class Report:
    """Make every page of a run again from its results.json."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint report reports/latest": "the pages of the last run, from its results and traces",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folder of the run."""
        parser.add_argument("run", type=Path, metavar="RUN", help="a folder such as reports/latest")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once they are written."""
        folder: Path = arguments.run
        results = read_results(folder / "results.json")
        write_pages(results, folder)
        print(f"{results.sentence}\nReport: {folder}")  # noqa: T201 - what the operator asked for
        return 0
