"""Every value of an episode's telemetry: how it is spelt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import Value
from harness.protocols.udmi.judging.history import History
from harness.text import brief, printable

_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a point in one telemetry."""

    place: int
    point: str
    value: Value


@dataclass(frozen=True)
class ReportedValues:
    """Asked all at once; without a single value there is nothing to judge."""

    history: History
    evidence: Evidence

    def are_no_quoted_numbers(self) -> None:
        """None is text that reads like a number, unless the point's good values are texts."""
        for shown in self._all():
            if isinstance(shown.value, str) and _NUMBER.fullmatch(shown.value) and not self._is_text(shown.point):
                self.evidence.rests_on(shown.place)
                raise NotObserved(
                    f"{printable(shown.point)} shows a number, which should not be in quotes, but is: "
                    f"{brief(shown.value)}.",
                    EvidenceRef(shown.place, self.history.first, shown.point),
                )

    def have_at_most_two_decimals(self) -> None:
        """No number goes on after its second decimal."""
        for shown in self._all():
            if isinstance(shown.value, float) and round(shown.value, 2) != shown.value:
                self.evidence.rests_on(shown.place)
                raise NotObserved(
                    f"{printable(shown.point)} should show two decimals at most, but shows {brief(shown.value)}.",
                    EvidenceRef(shown.place, self.history.first, shown.point),
                )

    def _all(self) -> list[Reading]:
        shown = list(self._shown())
        if not shown:
            self.history.went_all_the_way()
            self.history.concerns_points()
            raise Undecided("no telemetry showed a value")
        self.evidence.rests_on(shown[0].place, shown[-1].place)
        return shown

    def _shown(self) -> Iterator[Reading]:
        for heard in self.history.telemetry:
            for name, value in heard.message.readings.items():
                if isinstance(value, bool | int | float | str):
                    yield Reading(heard.place, name, value)

    def _is_text(self, name: str) -> bool:
        point = self.history.profile.points.get(name)
        return point is not None and any(isinstance(value, str) for value in point.good)
