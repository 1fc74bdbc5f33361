"""A requirement in words: how it binds, where it comes from, what decides it, and which devices break it."""

from collections.abc import Iterator, Mapping, Sequence

from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.requirements.source import Source
from harness.judging.verdicts.verdict import Level
from harness.mutation.pytest_process import pytest_on_suites
from harness.protocol import all_specs, protocol_of, subject_named
from harness.report.sentence import without_a_must
from harness.suite_folder import pytest_words
from harness.target import Variant, Varied, resolve


def lines_of_requirement(requirement: Requirement, catalogue: Catalogue) -> Iterator[str]:
    """Its gist, how it binds, its source, and unless nothing judges it: judgements, variants, a command to try."""
    yield f"{requirement.id}: {requirement.gist}"
    yield ""
    bindings = {spec: requirement.verbs[spec].beside(requirement.level(spec)) for spec in requirement.levels}
    yield from _listed("Level:", (f"{spec}: {binding}" for spec, binding in bindings.items()))
    for text, specs in _alike(requirement.because):
        yield f"Because:     {text}{_of_some(specs, requirement)}"
    musts = [spec for spec in requirement.levels if requirement.level(spec) is Level.MUST]
    wordless = [spec for spec in musts if not catalogue.knows_a_must(spec)]
    yield from [f"Levels:      {without_a_must(wordless)}"] if wordless else []
    yield from _listed("Source:", _of_the_source(requirement.source))
    for text, specs in _alike(requirement.unclear):
        yield f"Unclear:     {text}{_of_some(specs, requirement)}"
    for text, specs in _alike(requirement.official_test):
        yield f"Beside it:   {text}{_of_some(specs, requirement)}"
    if requirement.untested:
        yield f"Not judged:  {requirement.untested}"
        return
    yield from _listed("Decided by:", _judgements(requirement))
    variants = list(_variants(requirement))
    yield from _listed("Broken by:", (one.id for one in variants if one.breaks == requirement.id))
    yield from _listed("Shown by:", (one.id for one in variants if one.shows == requirement.id))
    variant = variants[0].id if variants else None
    spec = newest_spec(requirement)
    plug = protocol_of(spec)
    words = [pytest_words(plug), *([] if plug.is_default else [f"--spec {spec}"]), f"--only {requirement.id}"]
    yield f"Try it:      {' '.join([*words, *([f'--variant {variant}'] if variant else [])])}"


def _of_the_source(source: Source) -> Iterator[str]:
    """The document with its section, which version of it was read, and where it can be read, or why it cannot."""
    rows = f" (rows {', '.join(source.rows)})" if source.rows else ""
    yield f"{source}{rows}"
    yield from [source.version] if source.version else []
    yield from [told] if (told := source.address or source.unpublished) else []


def _alike(unclear: Mapping[str, str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Every text, and the specs that it is about."""
    for text in dict.fromkeys(unclear.values()):
        yield text, [spec for spec in unclear if unclear[spec] == text]


def _of_some(specs: Sequence[str], requirement: Requirement) -> str:
    """Which specs a text is about, unless it is about all."""
    return "" if len(specs) == len(requirement.levels) else f" ({', '.join(specs)})"


def _listed(title: str, names: Iterator[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        yield f"{'' if number else title:<13}{name}"


def _variants(requirement: Requirement) -> Iterator[Variant]:
    """The simulated devices that break it, or show its other side where it is open."""
    simulated = subject_named(requirement.subject).simulated
    simulator = resolve(simulated) if simulated else None
    variants: Sequence[Variant] = simulator.variants if isinstance(simulator, Varied) else ()
    return (variant for variant in variants if requirement.id in (variant.breaks, variant.shows))


def newest_spec(requirement: Requirement) -> str:
    """The first of its specs, in the order of the protocols."""
    return next(spec for spec in all_specs() if spec in requirement.levels)


def _judgements(requirement: Requirement) -> Iterator[str]:
    """Every judgement of the suites that covers it, under the newest of its specs."""
    subject, spec = subject_named(requirement.subject), newest_spec(requirement)
    options = ("-q", "--no-header", "--collect-only", "--only", requirement.id, "--spec", spec)
    collected = pytest_on_suites(subject, *options, capture=True)
    if collected.returncode:
        raise UsageError(f"the suites cannot be collected: {collected.stdout}{collected.stderr}")
    return (line for line in collected.stdout.splitlines() if "::" in line)
