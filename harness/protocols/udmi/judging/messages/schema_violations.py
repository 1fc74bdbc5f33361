"""Violations of a message: of its schema, of JSON, and of the form of a version."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from harness.payload.fields import read_raw
from harness.payload.json_text import Place, has_mark, places_of_literals, repeated_names
from harness.payload.values import JSON, PayloadProblem
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind, anonymous, violation_kind
from harness.protocols.udmi.words.schemas import FieldFlaw, MessageKind, SchemaProblem, problems
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.versions import is_version
from harness.text import brief


@dataclass(frozen=True, slots=True)
class SchemaViolation:
    """A problem of one message, and what it concerns."""

    kind: ViolationKind
    problem: SchemaProblem

    @property
    def sort(self) -> tuple[tuple[str, ...], FieldFlaw]:
        """The sort of the violation: those that differ in the point's name alone are told together."""
        return anonymous(self.problem.path), self.problem.flaw


def schema_violations(kind: MessageKind, spec: Spec, payload: bytes) -> tuple[SchemaViolation, ...]:
    """All of one message."""
    return _reader_of(kind, spec)(payload)


@cache
def _reader_of(kind: MessageKind, spec: Spec) -> Callable[[bytes], tuple[SchemaViolation, ...]]:
    """It remembers what fits: most messages differ in instants alone, and to a schema one instant is like another.

    What does not fit may have fifty problems, and comes once.
    """
    fitting = OrderedDict[bytes, None]()

    def read(payload: bytes) -> tuple[SchemaViolation, ...]:
        content = blake2b(_TIMESTAMP.sub(_ANY_TIMESTAMP, payload), digest_size=32).digest()
        if content in fitting:
            fitting.move_to_end(content)
            return ()
        violations = _violations(kind, spec, payload)
        if not violations:
            fitting[content] = None
        if len(fitting) > _REMEMBERED:
            fitting.popitem(last=False)
        return violations

    return read


def _violations(kind: MessageKind, spec: Spec, payload: bytes) -> tuple[SchemaViolation, ...]:
    unreadable: list[PayloadProblem] = []
    raw = read_raw(payload, unreadable)
    first = unreadable[0] if unreadable else None
    whole = (
        (SchemaViolation(ViolationKind.SHAPE, SchemaProblem((), FieldFlaw.WRONG, first.expected, first.found)),)
        if first
        else ()
    )
    lost = places_of_literals(payload) if first else frozenset[Place]()
    if first and not (lost and raw):
        return whole
    found = (problem for problem in problems(kind, spec, dict(raw)) if problem.path not in lost)
    of_the_schema = [
        SchemaViolation(violation_kind(kind, problem, _at(raw, problem.path)), problem) for problem in found
    ]
    return (*whole, *of_the_schema, *_of_the_version(raw), *_of_the_text(payload))


def _of_the_version(raw: Mapping[str, JSON]) -> Iterator[SchemaViolation]:
    """A text that is no version; where it is no text, or should be none, the schema says so."""
    version = raw.get("version")
    if isinstance(version, str) and not is_version(version):
        problem = SchemaProblem(("version",), FieldFlaw.WRONG, "a version of UDMI, such as 1.5.7", brief(version))
        yield SchemaViolation(ViolationKind.VERSION, problem)


def _of_the_text(payload: bytes) -> Iterator[SchemaViolation]:
    """Violations of RFC 8259 in a text that can be read all the same."""
    if has_mark(payload):
        marked = SchemaProblem((), FieldFlaw.WRONG, "without a byte order mark", "begun with one")
        yield SchemaViolation(ViolationKind.BYTE_ORDER_MARK, marked)
    for place in repeated_names(payload):
        yield SchemaViolation(ViolationKind.REPEATED_NAME, SchemaProblem(place, FieldFlaw.REPEATED))


def _at(raw: object, path: tuple[str, ...]) -> JSON:
    """The value at the path; None where the path ends early."""
    for name in path:
        match raw:
            case dict():
                raw = raw.get(name)
            case list():
                raw = raw[int(name)]
            case _:
                return None
    return raw if isinstance(raw, str) else None


_REMEMBERED = 5_000  # digests of messages of a kind: more than a run has

# A string of its own that is a value, and surely a date and a time; others are looked at one by one. It begins with
# characters that stand for themselves, as they are searched for fastest.
_TIMESTAMP = re.compile(
    rb'"20(?<!\\"20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z"(?!\s*:)'
)
_ANY_TIMESTAMP = b'"2026-01-01T00:00:00Z"'
