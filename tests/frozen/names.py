"""The ids that others rely on. More may come; none may vanish or come to mean another clause."""

from collections.abc import Iterator, Mapping

from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Outcome
from harness.judging.verdicts.verdict import Verdict
from harness.protocol import subjects
from harness.target import Variant
from simulator.udmi.variations import VARIATIONS
from tests.frozen.drive import FROZEN

FILE = FROZEN / "names.txt"


def names() -> Mapping[str, str]:
    """Every id, after its kind, and what it stands for."""
    return {
        **{f"requirement {name}": "" for name in _our_requirements()},
        **{f"variant {variation.variant.id}": _purpose(variation.variant) for variation in VARIATIONS},
        **{f"exit-code {outcome.value}": outcome.name.lower() for outcome in Outcome},
        **{f"verdict {verdict.value}": "" for verdict in Verdict},
    }


def frozen_names() -> Mapping[str, str]:
    """As they were written down."""
    lines = FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []
    return {name: meaning.strip() for name, _, meaning in (line.partition(":") for line in lines)}


def write_names() -> None:
    """A new name is added; one that was written down stays."""
    known = {**names(), **frozen_names()}
    FILE.write_text("".join(f"{name}: {known[name]}".rstrip() + "\n" for name in sorted(known)), encoding="utf-8")


def _our_requirements() -> Iterator[str]:
    """Of the subjects whose suites come with Setpoint, and of no package that is installed beside it."""
    for subject in subjects():
        if subject.suites.startswith("suites."):
            yield from (requirement.id for requirement in Catalogue.read().of(subject.name))


def _purpose(variant: Variant) -> str:
    if variant.breaks:
        return f"deviation, breaks {variant.breaks}"
    if variant.shows:
        return f"deviation, shows {variant.shows}"
    return "mute" if variant.mute else "quirk"
