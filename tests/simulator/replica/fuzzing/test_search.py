"""A long search finds nothing wrong with the service, and a short one each planted fault.

`python -m tests.simulator.replica.fuzzing.test_search` prints after how many sequences, and what is left of them.
"""

import pytest

from tests.simulator.replica.fuzzing.planted_faults import FAULTS
from tests.simulator.replica.fuzzing.search import LENGTH, Found, search

SEED = 13
SEQUENCES = 300  # without a fault
MOST = 40  # until a fault is found


def test_faults_are_of_different_rules() -> None:
    rows = [fault.row for fault in FAULTS.values()]

    assert len(rows) == len(set(rows)) >= 8


def test_service_agrees_with_the_flat_model() -> None:
    assert search(SEED, SEQUENCES) is None


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    FAULTS[name].plant(monkeypatch)

    found = search(SEED, MOST)

    assert found is not None
    assert found.wrong
    print(_line(name, found))  # noqa: T201 - shown with -rA, and where it fails


def _line(name: str, found: Found) -> str:
    steps = f"{found.sequences:>3} sequences, {len(found.steps)} of {LENGTH} steps are needed"
    return f"{FAULTS[name].row}  {name:<35} {steps}; {found.wrong}"


def _print_all() -> None:
    for name, fault in FAULTS.items():
        with pytest.MonkeyPatch.context() as patch:
            fault.plant(patch)
            found = search(SEED, MOST)
        print(_line(name, found) if found else f"{fault.row}  {name:<35} not found")  # noqa: T201 - what it is for


if __name__ == "__main__":
    _print_all()
