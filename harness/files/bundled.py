"""The place of our suites and data: beside `harness` in a checkout, inside it where a wheel was installed.

What a wheel puts down is found by every program of the environment: `suites` and `fixtures` are names of other people
as well, so that no wheel has them at its top.
"""

import sys
from pathlib import Path

_HARNESS = Path(__file__).parent.parent
_INSIDE = _HARNESS / "installed"

IS_INSTALLED = _INSIDE.is_dir()
BUNDLED = _INSIDE if IS_INSTALLED else _HARNESS.parent


def have_suites_found() -> None:
    """From now on this process finds our suites by their names, before anybody else's: they import each other so."""
    if IS_INSTALLED and str(BUNDLED) not in sys.path:
        sys.path.insert(0, str(BUNDLED))
