"""The options of a test run, as pytest is given them and as `setpoint test --help` tells of them."""

from collections.abc import Callable
from pathlib import Path

from harness.files.credentials import add_listening_options, add_options
from harness.target.asked_subjects import add_options_of_their_own
from harness.target.spec_option import add_spec_option, profile_forms

WHAT_ONLY_TAKES = "the id of a requirement, an area (the part before the dot), or a subject such as update-agent"


def add_run_options(add: Callable[..., object]) -> None:
    """Which device, how it is driven, where the reports go."""
    add(
        "--device",
        metavar="TARGET",
        help="what to test: sim (the default), sim:FILE, trace:FILE, mqtt[s]://HOST[:PORT], listen[s]://HOST[:PORT], …",
    )
    add_options_of_their_own(add)
    add(
        "--profile",
        type=Path,
        metavar="FILE",
        help=f"what the device has, and how it is provoked: {profile_forms()}".replace("%", "%%"),
    )
    add_spec_option(add)
    add("--clock", metavar="CLOCK", help="virtual or real; by default what suits the device")
    add(
        "--only",
        metavar="NAME",
        action="append",
        help=f"judge this alone, and drive what that needs: {WHAT_ONLY_TAKES}; may be given several times",
    )
    add(
        "--levels",
        metavar="LEVELS",
        help="catalogue (the default): with the reasons that it gives; text: by the verbs of the documents alone. "
        "With --strict, which is an option of pytest's too, a broken should keeps the device from conforming as well",
    )
    add(
        "--stop-on-fail",
        action="store_true",
        help="end the drive behind the first episode that shows a must broken (with --strict, a should)",
    )
    add("--long", action="store_true", help="in real time too, drive what takes more than a few minutes")
    add("--variant", metavar="ID", help="let the simulated device break a clause, or be odd")
    add(
        "--reports",
        type=Path,
        metavar="DIR",
        help="where runs land (default: reports/ in the folder where it is called)",
    )
    add("--clear", action="store_true", help="leave no config behind where none was found")
    add("--take-over", action="store_true", help="end another run that tests the device on that broker")


def add_broker_options(add: Callable[..., object]) -> None:
    """The broker between device and cloud."""
    add("--broker", metavar="BROKER", help="for sim under --clock=real: embedded (the default) or mosquitto")
    add_options(add, "ours: as a client, or with listens as the server")
    add_listening_options(add)
