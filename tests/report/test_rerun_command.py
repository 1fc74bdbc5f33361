"""The command that judges one requirement again."""

import shlex
import subprocess

import pytest

from harness.report.rerun_command import command_for
from tests.report.made_results import run_facts

AWKWARD = [
    "sim:my devices/ahu.toml",
    "mqtt://broker:1883",
    "sim:$(exit 1);`x`",
    "it's",
    "a\nb\x1b'\\c",
    "sim:\u202eb",
]


def _command(target: str, *options: str, spec: str = "udmi-1.5") -> str:
    run = run_facts(target=target, spec=spec, options=options)
    return " ".join(command_for("etag.stale-is-invalid", run))


def test_command_names_target_clock_and_requirement() -> None:
    assert _command("sim") == "pytest suites/ --device=sim --clock=virtual --only=etag.stale-is-invalid"


def test_variant_is_an_option_of_its_own() -> None:
    assert "--device=sim --variant=fails-early " in _command("sim+fails-early")


def test_file_with_a_plus_in_its_name_is_no_variant() -> None:
    assert "--device=sim:a+b.toml " in _command("sim:a+b.toml")


@pytest.mark.small_process
@pytest.mark.parametrize("target", AWKWARD)
def test_shell_hands_over_what_was_meant(target: str) -> None:
    script = _command(target).replace("pytest suites/", "printf '%s\\0'")

    handed_over = subprocess.run(["bash", "-c", script], check=True, capture_output=True).stdout  # noqa: S603, S607 - a shell is what it is for

    assert handed_over.decode().split("\0")[0] == f"--device={target}"


@pytest.mark.parametrize("target", AWKWARD)
def test_command_prints(target: str) -> None:
    assert _command(target).isprintable()
    assert shlex.split(_command("a b"))[2] == "--device=a b"


def test_what_was_given_along_is_given_again() -> None:
    command = _command("mqtts://broker:8883", "--profile=my bench/acme.toml", "--user=me", "--insecure")

    assert shlex.split(command)[2:6] == [
        "--device=mqtts://broker:8883",
        "--profile=my bench/acme.toml",
        "--user=me",
        "--insecure",
    ]


def test_spec_that_is_not_the_usual_one_is_given_again() -> None:
    assert " --spec=writeback-2021 --clock=" in _command("sim", spec="writeback-2021")
