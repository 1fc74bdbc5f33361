"""Services that go wrong in what AWS's scheme alone has."""

from harness.protocols.replica.words.topics import ReplicaId
from simulator.replica.document import Document
from simulator.replica.service_variations.telling import Content, changed, state_of
from simulator.replica.service_variations.variation import deviation


def _with_an_empty_side(content: Content) -> Content:
    return {**content, "previous": {"state": {}, "version": 0}} if content["previous"] is None else content


def _stale(content: Content) -> Content:
    if state_of(content["current"], "reported") == {"lamp": "on"} and content["previous"]:
        content["current"]["state"] = content["previous"]["state"]
    return content


AWS = (
    deviation("keeps-what-is-deleted", breaks="delete.leaves-only-the-version", delete=lambda document: document),
    deviation(
        "begins-versions-anew",
        breaks="delete.leaves-only-the-version",
        implies=("version.rises-by-one",),
        delete=lambda _document: Document(),
    ),
    deviation(
        "deletes-without-a-version",
        breaks="delete.leaves-only-the-version",
        says=changed(lambda told: {name: told[name] for name in told if name != "version"}, "delete/accepted"),
    ),
    deviation(
        "shows-an-empty-side", breaks="documents.show-both-sides", says=changed(_with_an_empty_side, "/documents")
    ),
    deviation(
        "shows-no-side-before",
        breaks="documents.show-both-sides",
        says=changed(lambda told: {**told, "previous": None}, "/documents"),
    ),
    deviation("shows-a-stale-side", breaks="documents.show-both-sides", says=changed(_stale, "/documents")),
    deviation("knows-no-names", breaks="names.are-apart", owner=lambda replica: ReplicaId(replica.device)),
)
