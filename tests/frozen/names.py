"""The ids that others rely on. More may come; none may vanish or come to mean another clause.

`python -m tests.frozen.names` adds those that have come.
"""

from collections.abc import Iterator, Mapping, Sequence

from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Outcome
from harness.judging.verdicts.verdict import Verdict
from harness.protocol import Subject, protocols, subjects
from harness.target import Variant, Varied, resolve
from tests.frozen.drive import FROZEN

FILE = FROZEN / "names.txt"


def names() -> Mapping[str, str]:
    """Every id, after its kind, and what it stands for."""
    return {
        **{f"requirement {name}": "" for name in _our_requirements()},
        **{f"variant {name}": _purpose(variant) for name, variant in _our_variants()},
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
    for subject in _our_subjects():
        yield from (requirement.id for requirement in Catalogue.read().of(subject.name))


def _our_variants() -> Iterator[tuple[str, Variant]]:
    """Those of the first protocol by their ids alone, as they were written down first."""
    first = next(plug for plug in protocols() if plug.is_default).subjects
    for subject in _our_subjects():
        simulated = resolve(subject.simulated) if subject.simulated else None
        variants: Sequence[Variant] = simulated.variants if isinstance(simulated, Varied) else ()
        for variant in variants:
            yield variant.id if subject in first else f"{subject.name} {variant.id}", variant


def _our_subjects() -> Iterator[Subject]:
    return (subject for subject in subjects() if subject.suites.startswith("suites."))


def _purpose(variant: Variant) -> str:
    if variant.breaks:
        return f"deviation, breaks {variant.breaks}"
    if variant.shows:
        return f"deviation, shows {variant.shows}"
    return "mute" if variant.mute else "quirk"


if __name__ == "__main__":
    write_names()
