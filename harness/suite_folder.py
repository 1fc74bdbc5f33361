"""The folder of a subject's suites, and how an operator has pytest collect them."""

from importlib.util import find_spec
from pathlib import Path

from harness.errors import UsageError
from harness.protocol import Protocol, Subject

_OURS = Path(__file__).parent.parent  # what an operator runs pytest in: there a path does


def suite_folder(subject: Subject) -> Path:
    """The folder of the package that its plug names. Raises UsageError where there is none."""
    try:
        found = find_spec(subject.suites)
    except ModuleNotFoundError:
        found = None
    if found is None or not found.submodule_search_locations:
        raise UsageError(f"the suites of {subject.name} should be the package {subject.suites}, which is not there")
    return Path(next(iter(found.submodule_search_locations)))


def pytest_words(plug: Protocol) -> str:
    """`pytest suites/` for what comes with Setpoint; of another package, by its name."""
    tops = dict.fromkeys(subject.suites.partition(".")[0] for subject in plug.subjects)
    if all((_OURS / top).is_dir() for top in tops):
        return f"pytest {' '.join(f'{top}/' for top in tops)}"
    return f"pytest -p harness.plugin --pyargs {' '.join(subject.suites for subject in plug.subjects)}"
