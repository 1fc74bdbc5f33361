"""`setpoint validity` where two protocols are installed: a variant that is named chooses the devices that have it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packages import beside_setpoint, install_example
from tests.runs import setpoint

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("echo_beside_udmi")]


@pytest.fixture
def echo_beside_udmi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """UDMI and echo, in every process that the test starts."""
    install_example(tmp_path / "site", "echo_protocol")
    with beside_setpoint(tmp_path / "site", monkeypatch):
        yield


def test_variant_is_judged_by_the_specs_of_the_device_that_has_it() -> None:
    of_udmi, of_echo = (setpoint("validity", "--all-specs", "--variant", name) for name in ("fails-early", "shouts"))

    assert (of_udmi.code, of_echo.code) == (0, 0), of_udmi.output + of_echo.output
    assert _specs(of_udmi.output) == ["udmi-1.5", "writeback-2021", "writeback-draft", "pointset-2021"]
    assert _specs(of_echo.output) == ["echo-1"]


def test_variants_of_two_protocols_are_judged_without_a_spec() -> None:
    run = setpoint("validity", "--variant", "fails-early", "--variant", "shouts")

    assert run.code == 0, run.output
    rows = [line.split()[:2] for line in run.output.splitlines()]
    assert ["caught", "fails-early"] in rows
    assert ["caught", "shouts"] in rows


@pytest.mark.parametrize("options", [(), ("--all-specs",)])
def test_variant_that_no_device_has_is_refused_once_with_the_nearest_of_all(options: tuple[str, ...]) -> None:
    run = setpoint("validity", *options, "--variant", "shoutz", "--variant", "fails-early")

    assert run.code == 3
    assert run.output == "setpoint: no simulated device has the variant 'shoutz'; did you mean 'shouts'?\n"


def test_variant_of_another_protocol_than_the_spec_is_refused() -> None:
    run = setpoint("validity", "--spec", "udmi-1.5", "--variant", "shouts")

    assert run.code == 3
    assert run.output.startswith("setpoint: sim has no variant 'shouts'; ")


def test_list_has_the_variants_of_each_device() -> None:
    run = setpoint("validity", "--list")

    assert run.code == 0, run.output
    assert {"--device=echo", "--device=sim"} <= {*run.output.splitlines()}
    assert {"shouts", "fails-early"} <= {*run.output.split()}


def _specs(output: str) -> list[str]:
    return [line.partition(":")[0] for line in output.splitlines()]
