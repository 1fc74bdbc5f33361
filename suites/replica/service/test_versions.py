"""A version for every update that was accepted."""

from harness.protocols.replica.suite import Feature, ServiceEpisode, ServiceRun, covers, each, given, throughout, within
from suites.replica.service.limits import Limits
from suites.replica.service.scenarios.refusals import NO_VERSIONS, WrongUpdate


@covers("version.rises-by-one")
@throughout("component_to_device", "version_conflicts", "removals", "two_writers", "restarted")
def test_version_rises_by_one_with_each_update(whole_run: ServiceRun) -> None:
    whole_run.versions_rise_by_one()


@covers("version.rises-by-one")
def test_answer_delta_and_document_have_one_version(version_conflicts: ServiceEpisode) -> None:
    version_conflicts.needs(Feature.VERSION)

    version_conflicts.has_one_version("first", "first, read back")


@covers("version.conflict-is-409")
@each("label", ["for a version of before", "for a version to come"])
def test_update_for_another_version_is_rejected(version_conflicts: ServiceEpisode, limits: Limits, label: str) -> None:
    version_conflicts.needs(Feature.VERSION)
    version_conflicts.needs(Feature.REJECTION)

    version_conflicts.request(label).is_refused(within(limits.answer), 409)


@covers("version.conflict-is-409")
def test_update_for_another_version_changes_nothing(version_conflicts: ServiceEpisode) -> None:
    version_conflicts.needs(Feature.VERSION)
    before = version_conflicts.document("before the conflicts")
    with given("there was a document before"):
        before.has_at_least("reported", {"lamp": "off"})

    version_conflicts.document("after the conflicts").is_the_same_as(before)


@covers("version.match-is-accepted")
def test_update_for_the_version_that_is_there_is_accepted(version_conflicts: ServiceEpisode, limits: Limits) -> None:
    version_conflicts.needs(Feature.VERSION)

    version_conflicts.request("for this version").is_accepted(within(limits.answer))


@covers("version.match-is-accepted")
def test_update_for_no_version_is_recorded(version_conflicts: ServiceEpisode) -> None:
    version_conflicts.needs(Feature.VERSION)

    version_conflicts.document("for any version, read back").has("desired", {"lamp": "any"})


@covers("version.is-a-whole-number")
@each("wrong", NO_VERSIONS, ids=lambda wrong: wrong.name.replace(" ", "-"))
def test_version_that_is_none_is_refused(wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate) -> None:
    wrong_updates.needs(Feature.VERSION)
    wrong_updates.needs(Feature.REJECTION)

    wrong_updates.request(wrong.name).is_refused(within(limits.answer), *wrong.codes)
