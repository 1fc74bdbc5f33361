"""The folder of a subject's suites, how an operator has pytest collect them, and how Setpoint does."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from harness.errors import UsageError
from harness.files.bundled import BUNDLED, have_suites_found
from harness.protocol import Protocol, Subject

PLACES = "--own-suites"  # an option of ours: paths that begin with `suites` are those of the suites that are installed
_SETTINGS = Path(__file__).parent / "plugin" / "pytest.ini"
_OF_OTHER_RUNS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONOPTIMIZE")


def suite_folder(subject: Subject) -> Path:
    """The folder of the package that its plug names. Raises UsageError where there is none."""
    have_suites_found()
    try:
        found = find_spec(subject.suites)
    except ModuleNotFoundError:
        found = None
    if found is None or not found.submodule_search_locations:
        raise UsageError(f"the suites of {subject.name} should be the package {subject.suites}, which is not there")
    return Path(next(iter(found.submodule_search_locations)))


def own_pytest(rootdir: Path = BUNDLED) -> Sequence[str]:
    """The command of pytest with settings of ours, wherever it is called from.

    No pytest.ini, conftest.py or module of that folder is read, nor of those above the suites. `rootdir`: from there a
    judgement is named.
    """
    own = ("-c", str(_SETTINGS), "--rootdir", str(rootdir), "-p", "harness.plugin")
    return (sys.executable, "-P", "-m", "pytest", *own)


def own_environment() -> Mapping[str, str]:
    """The environment of such a pytest: it heeds neither settings for other runs of pytest nor plugins of others."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_OTHER_RUNS}
    return {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def top_of(subject: Subject) -> Path:
    """The folder in which the package of its suites lies, by whose names they import each other."""
    return suite_folder(subject).parents[subject.suites.count(".")]


def pytest_words(plug: Protocol) -> str:
    """`pytest suites/` in a checkout, for what comes with Setpoint; elsewhere `setpoint test`.

    Of another package: pytest, and its name.
    """
    tops = dict.fromkeys(subject.suites.partition(".")[0] for subject in plug.subjects)
    if not all((BUNDLED / top).is_dir() for top in tops):
        return f"pytest -p harness.plugin --pyargs {' '.join(subject.suites for subject in plug.subjects)}"
    return f"pytest {' '.join(f'{top}/' for top in tops)}" if Path.cwd() == BUNDLED else "setpoint test"
