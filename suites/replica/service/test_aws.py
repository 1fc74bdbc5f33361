"""Parts of AWS's scheme that the source document lacks: deletion, documents of both sides, and named replicas."""

from harness.protocols.replica.suite import ServiceEpisode, covers, each, given, within
from suites.replica.service.limits import Limits


@covers("delete.leaves-only-the-version")
def test_deletion_is_accepted_with_the_version(deletion: ServiceEpisode, limits: Limits) -> None:
    deletion.request("the deletion").is_accepted(within(limits.answer))

    deletion.tells("the deletion", "version", "timestamp")


@covers("delete.leaves-only-the-version")
@each("label", ["once it is deleted", "a second deletion"])
def test_deleted_document_is_not_found(deletion: ServiceEpisode, limits: Limits, label: str) -> None:
    with given("it was deleted"):
        deletion.request("the deletion").is_accepted(within(limits.answer))

    deletion.request(label).is_refused(within(limits.answer), 404)


@covers("delete.leaves-only-the-version")
def test_document_that_is_begun_anew_has_nothing_of_before(deletion: ServiceEpisode) -> None:
    shown = deletion.document("begun anew, read back")
    shown.has("reported", {"fan": 1})

    shown.has("desired", {})


@covers("delete.leaves-only-the-version")
def test_document_that_is_begun_anew_goes_on_with_the_version(deletion: ServiceEpisode) -> None:
    deletion.goes_on_from("to be deleted", "begun anew")


@covers("documents.show-both-sides")
def test_documents_of_a_first_update_have_nothing_before(both_sides: ServiceEpisode, limits: Limits) -> None:
    both_sides.documents("the first").begin_with_nothing(within(limits.answer))


@covers("documents.show-both-sides")
def test_documents_of_an_update_show_the_state_before_and_after(both_sides: ServiceEpisode, limits: Limits) -> None:
    sides = both_sides.documents("the third")
    sides.before({"desired": {"lamp": "on"}, "reported": {"lamp": "off"}}, within(limits.answer))

    sides.after({"desired": {"lamp": "on"}, "reported": {"lamp": "on"}}, within(limits.answer))


@covers("documents.show-both-sides")
def test_documents_of_an_update_have_the_versions_before_and_after(both_sides: ServiceEpisode, limits: Limits) -> None:
    both_sides.documents("the second").have_versions_in_turn(within(limits.answer))


@covers("names.are-apart")
@each("name", ["nameless", "one"])
def test_replicas_of_one_thing_are_apart(named_replicas: ServiceEpisode, name: str) -> None:
    named_replicas.document(f"{name}, read back").has("reported", {"who": name})


@covers("names.are-apart")
def test_named_replica_is_not_there_because_another_is(named_replicas: ServiceEpisode, limits: Limits) -> None:
    named_replicas.request("one, unknown").is_refused(within(limits.answer), 404)
