"""A simulated device that breaks a clause, or is odd, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue
from harness.mutation.variants import variants_at
from harness.protocol import Protocol, Subject, all_specs, protocols
from harness.suite_folder import pytest_words
from harness.target import Variant


@dataclass(frozen=True, slots=True)
class SimulatedVariant:
    """A variant, and the subject whose simulated device is changed so."""

    variant: Variant
    subject: Subject
    plug: Protocol


def simulated_variants() -> Mapping[str, Sequence[SimulatedVariant]]:
    """All that come with the plugs, by id: devices of several subjects may have one of the same name."""
    known: dict[str, list[SimulatedVariant]] = {}
    for plug in protocols():
        for subject in plug.subjects:
            for variant in _variants_of(subject):
                known.setdefault(variant.id, []).append(SimulatedVariant(variant, subject, plug))
    return known


def _variants_of(subject: Subject) -> Sequence[Variant]:
    try:
        return variants_at(subject.simulated) if subject.simulated else ()
    except UsageError:  # it has none
        return ()


def lines_of_variant(known: Sequence[SimulatedVariant], catalogue: Catalogue) -> Iterator[str]:
    """The sort of variant, the clauses that it concerns, and how to have it judged."""
    for number, one in enumerate(known):
        yield from ([""] if number else [])
        yield from _lines(one, catalogue)


def _lines(known: SimulatedVariant, catalogue: Catalogue) -> Iterator[str]:
    variant = known.variant
    yield f"{variant.id}: {_kind(variant)}, of the simulated {known.subject.name}"
    yield ""
    clauses = (
        ("Breaks:", filter(None, [variant.breaks])),
        ("Shows:", filter(None, [variant.shows])),
        ("And so:", variant.implies),
        ("Keeps:", variant.keeps),
        ("Because of:", filter(None, [variant.about])),
        ("Close to:", filter(None, [variant.unless])),
    )
    for title, names in clauses:
        for place, name in enumerate(names):
            yield f"{'' if place else title:<13}{name:<44}{catalogue[name].gist}"
    yield f"Try it:      {pytest_words(known.plug)}{_spec(known, catalogue)} --variant {variant.id}"


def _kind(variant: Variant) -> str:
    if variant.mute:
        return "a deviation, which shows too little to be judged, and passes nothing"
    if variant.breaks:
        return "a deviation, which breaks a clause"
    return (
        "a quirk, which takes another side of an open clause" if variant.shows else "a quirk, which is odd and conforms"
    )


def _spec(known: SimulatedVariant, catalogue: Catalogue) -> str:
    """The option by which a run is about it: the first spec of its own that has the clause."""
    clause = known.variant.breaks or known.variant.shows or known.variant.about
    specs = [spec for spec in all_specs() if spec in known.plug.specs]
    having = [spec for spec in specs if clause is None or spec in catalogue[clause].levels]
    first = (having or specs)[0]
    return "" if first == all_specs()[0] else f" --spec {first}"
