"""Metadata of a document: the tree of its state, with the time of the last update in place of each value. Pure."""

from collections.abc import Iterator

from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved
from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import Path
from harness.protocols.replica.judging.service.shown_document import ShownDocument
from harness.protocols.replica.words.content import object_at, whole_number
from harness.text import brief


def mirrors_the_state(shown: ShownDocument) -> None:
    """Each value of both sections has its time, at the same path; an array has one for each of its items."""
    for section in ("desired", "reported"):
        for path, leaf in shown.section(section).items():
            stamps = _at((section, *path), shown)
            if not _is_stamped(leaf, stamps):
                where = "/".join((section, *path))
                story = f"The metadata of {where}, {brief(leaf)}, should be its timestamp, but is {brief(stamps)}."
                raise NotObserved(story, EvidenceRef(shown.asked.answers[0].place, shown.asked.since.place))


def is_newer(later: ShownDocument, path: Path, first: ShownDocument) -> None:
    """The value at that path has a later time than in the first document."""
    before, after = (list(_times(_at(path, one))) for one in (first, later))
    if not (before and after and min(after) > max(before)):
        raise _odd(later, path, f"be later than {brief(before)}")


def is_as_old(later: ShownDocument, path: Path, first: ShownDocument) -> None:
    """The value at that path has the same time as in the first document."""
    before, after = (list(_times(_at(path, one))) for one in (first, later))
    if not before or before != after:
        raise _odd(later, path, f"still be {brief(before)}")


def _odd(shown: ShownDocument, path: Path, wanted: str) -> NotObserved:
    story = f"The time of {'/'.join(path)} should {wanted}, but is {brief(list(_times(_at(path, shown))))}."
    return NotObserved(story, EvidenceRef(shown.asked.answers[0].place, shown.asked.since.place))


def _at(path: Path, shown: ShownDocument) -> JSON:
    above = object_at(shown.content, "metadata", *path[:-1])
    return None if above is None else above.get(path[-1])


def _is_stamped(leaf: JSON, stamps: JSON) -> bool:
    if isinstance(leaf, list):
        is_alike = isinstance(stamps, list) and len(stamps) == len(leaf)
        return isinstance(stamps, list) and is_alike and all(map(_is_stamped, leaf, stamps))
    if isinstance(leaf, dict):  # of an object without fields, nothing is told, or a time
        return all(name in (stamps if isinstance(stamps, dict) else {}) for name in leaf)
    return isinstance(stamps, dict) and whole_number(stamps.get("timestamp")) is not None


def _times(stamps: JSON) -> Iterator[int]:
    if isinstance(stamps, dict):
        time = whole_number(stamps.get("timestamp"))
        if time is not None:
            yield time
            return
        for inner in stamps.values():
            yield from _times(inner)
    elif isinstance(stamps, list):
        for item in stamps:
            yield from _times(item)
