"""The README shows what there is."""

import re

import pytest

from harness.cli.explaining.overview import overview
from harness.judging.requirements.requirement import Catalogue
from tests.runs import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
SUITES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "suites").rglob("*.py"))]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_stands_in_the_suites_just_so(example: str) -> None:
    assert any(example in file for file in SUITES)


def test_table_is_what_the_catalogue_says() -> None:
    shown = README.partition("<!-- setpoint explain --table -->\n")[2].partition("<!-- end -->")[0]

    tables = "\n".join(overview(Catalogue.read())).split("\n\n")  # one more for each protocol that is installed beside
    assert set(shown.strip().split("\n\n")) <= set(tables), "what `setpoint explain --table` prints goes there"


def test_there_are_a_scenario_and_a_judgement() -> None:
    assert len(EXAMPLES) == 2
