"""Values of a document in words, as JSON spells them, however large or deep they are. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from harness.judging.comparison import ComparedRow, Comparison
from harness.judging.lanes import Frame, Lane, SpanKind
from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import FlatDocument, Leaves, Path, flat, is_leaf_for_leaf
from harness.protocols.replica.words.content import levels_of
from harness.text import brief, printable

_DEEPEST = 20  # levels that are spelt out
_LONGEST = 100  # characters of a value
_MOST_ROWS = 40
_MOST_LISTED = 20  # fields in one line


def spelt(value: JSON) -> str:
    """As JSON, on one line, cut where it is long."""
    if levels_of(value) > _DEEPEST:
        return brief(value)
    return printable(json.dumps(value, ensure_ascii=False), _LONGEST)


def listed(leaves: Leaves) -> str:
    """Each leaf with its path."""
    first = sorted(leaves)[:_MOST_LISTED]
    more = [f"and {len(leaves) - _MOST_LISTED} more"] if len(leaves) > _MOST_LISTED else []
    return ", ".join([*(f"{dotted(path)} {spelt(leaves[path])}" for path in first), *more]) or "nothing"


def sections(frame: Frame, told: Sequence[tuple[float, FlatDocument]], of_it: str = "") -> Iterator[Lane]:
    """A lane for each section, of the fields that change in the picture; of all, where none does.

    `told`: documents, each from that moment on. `of_it`: whose they are, in words behind the section's name.
    """
    since = max((place for place, (time, _) in enumerate(told) if frame.at(time) <= frame.start), default=0)
    inside = [(time, one) for time, one in told[since:] if frame.at(time) <= frame.end]
    changing = _changing([one for _, one in inside])
    for name in ("desired", "reported"):
        fields = {path for _, one in inside for path in _leaves_of(one, name)}
        shown = fields & changing or fields
        title = f"{name}{of_it}" if shown == fields else f"{name}{of_it}, {len(shown)} of {len(fields)} fields"
        spans = ((time, listed(_only(_leaves_of(one, name), shown)), SpanKind.SETTLED) for time, one in inside)
        yield Lane(title, list(frame.spans(spans)))


def _changing(documents: Sequence[FlatDocument]) -> set[Path]:
    """The fields that differ between any two, in either section."""
    found = set[Path]()
    for one, other in pairwise(documents):
        for name in ("desired", "reported"):
            old, new = _leaves_of(one, name), _leaves_of(other, name)
            found |= {
                path for path in {*old, *new} - found if old.get(path) is not new.get(path) and _differ(old, new, path)
            }
    return found


def _differ(old: Leaves, new: Leaves, path: Path) -> bool:
    return _worded(old, path) != _worded(new, path)


def _only(leaves: Leaves, paths: set[Path]) -> Leaves:
    return {path: leaf for path, leaf in leaves.items() if path in paths}


def _leaves_of(document: FlatDocument, name: str) -> Leaves:
    return document.desired if name == "desired" else document.reported


def dotted(path: Path) -> str:
    """The names that lead to a leaf."""
    return printable(".".join(path), _LONGEST)


def compared(title: str, asked_by: str, before: FlatDocument, after: FlatDocument, asked: JSON) -> Comparison:
    """Both documents, leaf by leaf; `asked`: the `state` of the update between them."""
    wanted = asked if isinstance(asked, dict) else {}
    rows = [
        row
        for name in ("desired", "reported")
        for row in _rows(name, _leaves_of(before, name), _leaves_of(after, name), _leaves(wanted, name))
    ]
    differing = [row for row in rows if row.before != row.after or row.asked is not None]
    room = max(0, _MOST_ROWS - len(differing))
    same = [row for row in rows if row not in differing]
    kept = [row for row in rows if row in differing[:_MOST_ROWS] or row in same[:room]]
    return Comparison(title, asked_by, kept, len(rows) - len(kept))


def _rows(name: str, before: Leaves, after: Leaves, asked: Leaves) -> list[ComparedRow]:
    rows = []
    for path in sorted({*before, *after, *asked}):
        old, new = (_worded(leaves, path) for leaves in (before, after))
        if path in before and path in after and is_leaf_for_leaf({path: before[path]}, {path: after[path]}):
            new = old  # 1 and 1.0 are one number
        rows.append(ComparedRow(f"{name}.{dotted(path)}".rstrip("."), old, new, _worded(asked, path)))
    return rows


def _worded(leaves: Leaves, path: Path) -> str | None:
    return spelt(leaves[path]) if path in leaves else None


def _leaves(state: Mapping[str, JSON], name: str) -> Leaves:
    """The values that are asked of a section; of one that is to go, that it is."""
    section = state.get(name)
    if name in state and section is None:
        return {("",): None}
    return flat(section) if isinstance(section, dict) else {}
