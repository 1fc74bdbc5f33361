"""Requests of ours that were in flight together, or are judged as one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.replica.judging.flat_document import FlatDocument, is_leaf_for_leaf
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.judging.service.shown_document import ShownDocument
from harness.protocols.replica.words.content import object_at, whole_number
from harness.text import brief


@dataclass(frozen=True)
class SeveralExchanges:
    """At least one; all of one device and one kind."""

    all: Sequence[Exchange]

    def are_all_answered(self) -> None:
        """There are as many answers as requests, whichever answers which."""
        first = self.all[0]
        answers = first.all_answers
        first.evidence.rests_on(*(one.place for one in answers))
        if len(answers) < len(self.all):
            first.history.went_all_the_way()
            story = f"{len(self.all)} requests in a row should have as many answers, but have {len(answers)}."
            raise NotObserved(story, EvidenceRef(None, first.since.place))

    def were_all_refused(self) -> None:
        """Raises CouldNotTest where one was not."""
        if taken := [one for one in self.all if not one.is_rejected]:
            self.all[0].history.went_all_the_way()
            raise CouldNotTest(f"{taken[0].since} was not refused")

    def repeat_their_tokens(self) -> None:
        """Each has one answer with its token."""
        for one in self.all:
            one.repeats_its_token()

    def make_in_some_order(self, shown: ShownDocument) -> None:
        """The desired state is what these make in the order of their versions, with no gap and no version twice."""
        versions: dict[int, Exchange] = {}
        for one in self.all:
            told = one.accepted_by_token.get("version")
            version = whole_number(told)
            if version is None or version in versions:
                story = f"{one.since} should be accepted with a version of its own, but has {brief(told)}."
                raise NotObserved(story, EvidenceRef(one.since.place))
            versions[version] = one
        order = sorted(versions)
        if order[-1] - order[0] >= len(order):
            story = f"The versions of {len(order)} updates should have no gap, but go from {order[0]} to {order[-1]}."
            raise NotObserved(story, EvidenceRef(versions[order[-1]].since.place))
        model = FlatDocument()
        for version in order:
            state = object_at(versions[version].content, "state") or {}
            model = model.after({name: object_at(state, name) for name in state})
        if not is_leaf_for_leaf(shown.section("desired"), model.desired):
            story = "The document should be what its own versions make of it, one after the other, but it is not."
            raise NotObserved(story, EvidenceRef(shown.asked.since.place))
