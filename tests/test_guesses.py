"""A draft's guess decides nothing, until a person has confirmed it."""

from pathlib import Path

import pytest

from tests.runs import ROOT, run_suites

pytestmark = pytest.mark.process

AHU = (ROOT / "fixtures" / "udmi" / "devices" / "ahu-1.toml").read_text()
GUESS = 'guessed = ["kind"]\n'


def device(folder: Path, *guessed: str) -> str:
    """The air handling unit, as a profile declares it in which the kind of these points is a draft's guess."""
    text = AHU
    for name in guessed:
        text = text.replace(f"[points.{name}]\n", f"[points.{name}]\n{GUESS}")
    assert text.count(GUESS) == len(guessed)
    (folder / "ahu.toml").write_text(text)
    return f"sim:{folder / 'ahu.toml'}"


EVERY = [line.removeprefix("[points.").removesuffix("]") for line in AHU.splitlines() if line.startswith("[points.")]


@pytest.mark.parametrize("variant", [(), ("--variant", "fails-early")])
def test_device_of_which_all_is_guessed_is_not_said_to_conform(tmp_path: Path, variant: tuple[str, ...]) -> None:
    run = run_suites(tmp_path / "reports", f"--device={device(tmp_path, *EVERY)}", *variant)

    verdicts = {requirement.id: requirement.verdict for requirement in run.judged.requirements}
    assert run.code == 2, run.output
    assert not {"fail", "warn"} & set(verdicts.values())
    assert {word for name, word in verdicts.items() if name.startswith("writeback.")} == {"could not test"}
    assert f"the kind of {EVERY[0]} is a draft's guess, as is that of {len(EVERY) - 1} more points: " in run.output


def test_guess_of_one_point_leaves_what_is_known_of_the_others(tmp_path: Path) -> None:
    run = run_suites(
        tmp_path / "reports", f"--device={device(tmp_path, 'damper_position')}", "--variant", "fails-early"
    )

    verdicts = {requirement.id: requirement.verdict for requirement in run.judged.requirements}
    assert run.code == 2, run.output
    assert verdicts["writeback.failure-after-a-minute"] == "could not test"
    assert verdicts["writeback.read-only-is-invalid"] == "pass"
    assert "the kind of damper_position is a draft's guess: confirm it by `setpoint profile --" in run.output
