"""What README shows is what there is."""

import re

import pytest

from tests.runs import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
SUITES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "suites").rglob("*.py"))]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_stands_in_the_suites_just_so(example: str) -> None:
    assert any(example in file for file in SUITES)


def test_there_are_a_scenario_and_a_judgement() -> None:
    assert len(EXAMPLES) == 2
