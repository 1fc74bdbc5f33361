"""A document as an answer to `get` shows it, held against what it should be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import FlatDocument, Leaves, flat, is_leaf_for_leaf
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.words.content import Object, object_at, whole_number
from harness.text import brief


@dataclass(frozen=True)
class ShownDocument:
    """The content of the answer to `asked`."""

    asked: Exchange

    @property
    def content(self) -> Object:
        """All of it. Raises CouldNotTest where the document was not shown."""
        return self.asked.accepted

    def section(self, name: str) -> Leaves:
        """The leaves of `desired`, `reported` or `delta`; none where there is no such section."""
        return flat(object_at(self.content, "state", name) or {})

    def is_there(self) -> None:
        """There is a document, though it may be empty: the get is not rejected."""
        if self.asked.is_rejected:
            story = (
                f"After {self.asked.since}, a document should be there, though it is empty; but the get was rejected"
            )
            place = self.asked.answers[0].place
            raise NotObserved(f"{story}: {brief(self.asked.rejected)}.", EvidenceRef(place, self.asked.since.place))

    def has(self, name: str, expected: Mapping[str, JSON]) -> None:
        """The section has these leaves, and no others."""
        shown = self.section(name)
        if not is_leaf_for_leaf(shown, flat(expected)):
            raise self._otherwise(f"{name} should be {brief(expected)}", object_at(self.content, "state", name))

    def has_at_least(self, name: str, expected: Mapping[str, JSON]) -> None:
        """The section has these leaves, whatever else it has."""
        shown, wanted = self.section(name), flat(expected)
        if not is_leaf_for_leaf({path: shown[path] for path in wanted if path in shown}, wanted):
            raise self._otherwise(f"{name} should have {brief(expected)}", object_at(self.content, "state", name))

    def still_has(self, name: str, written: Exchange) -> None:
        """The section has what that update wrote to it."""
        self.has_at_least(name, object_at(written.content, "state", name) or {})

    def has_all_that_the_device_reported(self) -> None:
        """The section `reported` has the latest values of all reports of the device up to then that were not rejected.

        Raises CouldNotTest where there is none.
        """
        document = FlatDocument()
        for one in self.asked.reports_before():
            document = document.after({"reported": one})
        if not document.version:
            raise CouldNotTest(f"the device reported nothing before {self.asked.since}")
        shown, wanted = self.section("reported"), document.reported
        if not is_leaf_for_leaf({path: shown[path] for path in wanted if path in shown}, wanted):
            told = brief({"/".join(path): value for path, value in wanted.items()})
            raise self._otherwise(f"reported should have {told}", object_at(self.content, "state", "reported"))

    def shows_its_own_difference(self) -> None:
        """The section `delta` is what the other two differ in."""
        whole = FlatDocument(self.section("desired"), self.section("reported"))
        if not is_leaf_for_leaf(self.section("delta"), whole.delta):
            told = brief({"/".join(path): value for path, value in whole.delta.items()})
            raise self._otherwise(f"delta should be {told}", object_at(self.content, "state", "delta"))

    def lacks(self, name: str, *paths: tuple[str, ...]) -> None:
        """The section has no leaf at these paths, nor inside of them."""
        shown = self.section(name)
        if left := [path for path in shown if any(path[: len(gone)] == gone for gone in paths)]:
            raise self._otherwise(f"{name} should have no {'/'.join(left[0])}", object_at(self.content, "state", name))

    def has_as_in(self, other: "ShownDocument", name: str) -> None:
        """The section has the leaves that it has in another answer."""
        self.has(name, object_at(other.content, "state", name) or {})

    def lacks_beside_the_state(self, name: str) -> None:
        """There is no such field, neither beside the sections nor beside the state."""
        for place in (self.content, object_at(self.content, "state") or {}):
            if name in place:
                raise self._otherwise(f"there should be no {name!r}", place)

    def is_the_same_as(self, other: "ShownDocument") -> None:
        """State and version are those of another answer."""
        ours, theirs = (_essence(one.content) for one in (self, other))
        if ours != theirs:
            raise self._otherwise(f"the document should be as after {other.asked.since}, {brief(theirs)}", ours)

    @property
    def version(self) -> int:
        """Raises CouldNotTest where it tells none."""
        version = whole_number(self.content.get("version"))
        if version is None:
            raise CouldNotTest(f"the answer to {self.asked.since} tells no version")
        return version

    def _otherwise(self, wanted: str, found: JSON) -> NotObserved:
        place = self.asked.answers[0].place
        return NotObserved(
            f"After {self.asked.since}, {wanted}; but there is {brief(found)}.",
            EvidenceRef(place, self.asked.since.place),
        )


def _essence(content: Object) -> JSON:
    return {"state": content.get("state"), "version": content.get("version")}
