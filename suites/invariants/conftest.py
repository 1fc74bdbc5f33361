"""The scenarios of the other suites are what a run is made of."""

import suites.udmi.conftest  # noqa: F401 - it makes them known
