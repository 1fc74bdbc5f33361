"""Problems of messages, sort by sort, as a flood may have any number of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.messages.schema_violations import SchemaViolation
from harness.text import printable

_KEPT = 1_000  # sorts; a story tells of ten


@dataclass
class Sort:
    """Problems that are told of in one breath: the first, in which message it was, and how often it came."""

    heard: Heard[bytes]
    violation: SchemaViolation
    times: int = 0


@dataclass
class Amiss:
    """All that concerns one thing. `names`: of the fields, the first thousand. `is_cut`: there are more sorts."""

    sorts: dict[object, Sort] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    is_cut: bool = False

    @classmethod
    def of_all(cls, parts: Iterable["Amiss"]) -> "Amiss":
        """Several as one; of a sort that is in two, the former has the first."""
        amiss = cls()
        for part in parts:
            amiss.names |= part.names
            amiss.is_cut = amiss.is_cut or part.is_cut
            for name, sort in part.sorts.items():
                known = amiss.sorts.get(name, replace(sort, times=0))
                amiss.sorts[name] = replace(known, times=known.times + sort.times)
        return amiss

    def add(self, heard: Heard[bytes], violation: SchemaViolation) -> None:
        """One more problem; messages come in order."""
        path = violation.problem.path
        if len(self.names) < _KEPT:
            self.names[printable(path[-1]) if path else "the message as a whole"] = None
        sort = self.sorts.get(violation.sort)
        if sort is None and len(self.sorts) >= _KEPT:
            self.is_cut = True
            return
        sort = sort or self.sorts.setdefault(violation.sort, Sort(heard, violation))
        sort.times += 1
