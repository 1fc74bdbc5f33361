"""The law in the documentation: diagrams and tables that are made of the suites' own. Pure.

A page has them between `<!-- law: NAME -->` and `<!-- end -->`; `python -m harness.protocols.update.judging.law_page`
writes them into docs/update.md anew.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from harness.protocols.update.judging.law import (
    ACTIONS,
    ACTIONS_OF_A_DEVICE,
    DEVICE,
    SUCCESSES_OF_A_DEVICE,
    TAKES,
    UNSUCCESSFUL,
    Transitions,
)
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES, FeedbackStatus

PAGE = Path("docs") / "update.md"
_BLOCK = re.compile(r"(<!-- law: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def blocks() -> Mapping[str, str]:
    """Everything that a page may have, by its name."""
    return {
        "actions": diagram(ACTIONS[UpdateSpec.DIAGRAMS]),
        "actions-of-kantos-agent": diagram(ACTIONS[UpdateSpec.KANTO]),
        "actions-of-kantos-device": diagram(ACTIONS_OF_A_DEVICE[UpdateSpec.KANTO]),
        "device": followers(DEVICE),
        "phases": _phases(),
        "ends": _ends(),
        "forbidden": forbidden(
            {
                "an action, by the diagrams": ACTIONS[UpdateSpec.DIAGRAMS],
                "an action, as Kanto's agent tells of it": ACTIONS[UpdateSpec.KANTO],
                "an action, as Kanto's device tells of it": ACTIONS_OF_A_DEVICE[UpdateSpec.KANTO],
                "a device's desired state": DEVICE,
            }
        ),
    }


def filled(page: str) -> str:
    """The page with every block as the law has it now. Raises KeyError where it wants one that there is not."""
    made = blocks()
    return _BLOCK.sub(lambda found: f"{found[1]}{made[found[2]]}{found[3]}", page)


def diagram(table: Transitions[Any]) -> str:
    """A state diagram in Mermaid's words; a status that is told again is no edge."""
    edges = [("[*]", one) for one in sorted(table.first)]
    edges += [(one, other) for one in _in_order(table) for other in sorted(table.after(one)) if other != one]
    edges += [(one, "[*]") for one in _in_order(table) if table.ends_in(one)]
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {one} --> {other}" for one, other in edges), "```"]
    return _text(lines)


def followers(table: Transitions[Any]) -> str:
    """A row for each status: those that may follow it at once."""
    behind = {one: _codes(other for other in sorted(table.after(one)) if other != one) for one in _in_order(table)}
    rows = [(f"`{one}`", words or "*the end*") for one, words in behind.items()]
    return _table(("after", "may come at once"), [("*nothing yet*", _codes(sorted(table.first))), *rows])


def forbidden(tables: Mapping[str, Transitions[Any]]) -> str:
    """Of all ordered pairs of statuses, the share that is a fault: by what follows at once, and by what is reached."""
    rows = []
    for name, table in tables.items():
        pairs = [(one, other) for one in table.statuses for other in table.statuses]
        at_once = sum(not table.allows(*pair) for pair in pairs)
        reached = sum(not table.reaches(*pair) for pair in pairs)
        there_and_back = {
            one for one, other in pairs if one != other and table.reaches(one, other) and table.reaches(other, one)
        }
        shares = (f"{100 * count / len(pairs):.0f} % ({count})" for count in (at_once, reached))
        rows.append((name, str(len(pairs)), *shares, _codes(sorted(there_and_back)) or "none"))
    heads = ("the statuses of", "ordered pairs", "forbidden by what follows at once", "by what can be reached")
    return _table((*heads, "in any order among themselves"), rows)


def _phases() -> str:
    rows = []
    for command, phase in PHASES.items():
        behind = _codes(sorted(TAKES[command])) if command in TAKES else "*any*"
        rows.append((f"`{command}`", behind, f"`{phase.under_way}`", f"`{phase.success}`, `{phase.failure}`"))
    return _table(("command", "taken behind", "under way", "its end, either one"), rows)


def _ends() -> str:
    rows = [
        (f"`{spec}`", _codes(sorted(SUCCESSES_OF_A_DEVICE[spec])), f"`{FeedbackStatus.COMPLETED}`")
        for spec in UpdateSpec
    ]
    rows.append(("both", "any other, of one component at least", _codes(sorted(UNSUCCESSFUL))))
    return _table(("spec", "the components ended", "the device ends"), rows)


def _in_order(table: Transitions[Any]) -> Sequence[StrEnum]:
    """As a reader meets them: each behind one that it may follow."""
    waiting, found = sorted(table.first), list[StrEnum]()
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            waiting += sorted(table.after(one))
    return [*found, *sorted(table.statuses.difference(found))]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return _text(f"| {' | '.join(line)} |" for line in lines)


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
