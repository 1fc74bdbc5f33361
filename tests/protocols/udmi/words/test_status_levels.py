"""Which status tells of an error: one answer for all who ask."""

import ast
from collections.abc import Iterator

import pytest

from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.words.messages import Status
from harness.protocols.udmi.words.status_levels import StatusLevel, is_clear, is_error
from tests.runs import ROOT

# A level that is compared for another reason than whether a status tells of an error.
FOR_ANOTHER_REASON = {
    "harness/protocols/udmi/judging/states/status_entries.py": {
        "has_a_level"
    },  # whether it is in the range that levels have
    "harness/protocols/udmi/judging/events/system_log.py": {
        "tells_nothing_below",
        "has_one_below",
    },  # log entries, by min_loglevel
    "harness/protocols/udmi/words/status_levels.py": {"is_error", "is_clear"},
}


def comparisons() -> Iterator[tuple[str, str]]:
    """File and function of every comparison of somebody's level, by order, in what drives, judges and examines."""
    for folder in ("harness", "suites"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
            for function in functions:
                if any(_orders_levels(node) for node in ast.walk(function)):
                    yield str(file.relative_to(ROOT)), function.name


def _orders_levels(node: ast.AST) -> bool:
    if not isinstance(node, ast.Compare) or isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In):
        return False
    sides = (node.left, *node.comparators)
    return any(isinstance(side, ast.Attribute) and side.attr == "level" for side in sides)


def test_nobody_else_asks_by_the_level_whether_a_status_is_an_error() -> None:
    found = set(comparisons())

    assert found == {(file, function) for file, functions in FOR_ANOTHER_REASON.items() for function in functions}


@pytest.mark.parametrize("level", [*StatusLevel, 399, 450])
def test_status_is_either_clear_or_an_error(level: int) -> None:
    status = Status("text", "category", level, 0.0)

    assert is_error(status) == (level >= 400)
    assert is_clear(status) == (level < 400)


@pytest.mark.parametrize(
    "status", [IllTyped("bad"), Status("text", "category"), Status("text", "category", IllTyped("high"))]
)
def test_status_whose_level_cannot_be_read_is_neither(status: Field[Status]) -> None:
    assert not is_error(status)
    assert not is_clear(status)


def test_no_status_is_clear() -> None:
    assert is_clear(None)
    assert not is_error(None)


def test_clause_may_mean_another_threshold() -> None:
    status = Status("text", "category", 400, 0.0)

    assert is_error(status)
    assert not is_error(status, least=StatusLevel.ERROR)
