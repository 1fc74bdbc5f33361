"""A request that cannot be is refused, with its reason, and changes nothing."""

from harness.protocols.replica.suite import Feature, ServiceEpisode, ServiceRun, covers, each, given, throughout, within
from suites.replica.service.limits import Limits
from suites.replica.service.scenarios.refusals import (
    NO_JSON,
    NO_OBJECTS,
    NO_STATE,
    NULL_IN_ARRAYS,
    UNKNOWN_SECTIONS,
    WRONG,
    WrongUpdate,
)


def _named(wrong: WrongUpdate) -> str:
    return wrong.name.replace(" ", "-")


def _is_refused(wrong_updates: ServiceEpisode, wrong: WrongUpdate, limits: Limits) -> None:
    wrong_updates.needs(Feature.REJECTION)
    wrong_updates.request(wrong.name).is_refused(within(limits.answer))


@covers("refusal.of-what-is-no-json")
@each("wrong", NO_JSON, ids=_named)
def test_update_that_is_no_json_is_refused(wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate) -> None:
    _is_refused(wrong_updates, wrong, limits)


@covers("refusal.without-a-state")
@each("wrong", NO_STATE, ids=_named)
def test_update_without_a_state_is_refused(wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate) -> None:
    _is_refused(wrong_updates, wrong, limits)


@covers("refusal.of-what-is-no-object")
@each("wrong", NO_OBJECTS, ids=_named)
def test_state_or_section_that_is_no_object_is_refused(
    wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate
) -> None:
    _is_refused(wrong_updates, wrong, limits)


@covers("refusal.of-unknown-sections")
@each("wrong", UNKNOWN_SECTIONS, ids=_named)
def test_section_of_another_name_is_refused(wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate) -> None:
    _is_refused(wrong_updates, wrong, limits)


@covers("refusal.of-null-in-arrays")
@each("wrong", NULL_IN_ARRAYS, ids=_named)
def test_null_in_an_array_is_refused(wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate) -> None:
    _is_refused(wrong_updates, wrong, limits)


@covers("refusal.of-what-is-too-large")
def test_largest_document_is_taken(sizes: ServiceEpisode, limits: Limits) -> None:
    sizes.request("the largest").is_accepted(within(limits.answer))


@covers("refusal.of-what-is-too-large")
def test_document_that_is_one_byte_too_large_is_refused(sizes: ServiceEpisode, limits: Limits) -> None:
    sizes.needs(Feature.SIZE)
    with given("it was at its largest before"):
        sizes.request("the largest").is_accepted(within(limits.answer))

    sizes.request("one byte too large").is_refused(within(limits.answer))


@covers("refusal.of-what-is-too-large")
def test_document_that_was_refused_for_its_size_is_as_before(sizes: ServiceEpisode) -> None:
    sizes.needs(Feature.SIZE)

    sizes.document("after one byte too large").is_the_same_as(sizes.document("the largest, read back"))


@covers("refusal.of-what-is-too-deep")
def test_deepest_document_is_taken(depths: ServiceEpisode, limits: Limits) -> None:
    depths.request("the deepest").is_accepted(within(limits.answer))


@covers("refusal.of-what-is-too-deep")
def test_document_that_is_one_level_too_deep_is_refused(depths: ServiceEpisode, limits: Limits) -> None:
    depths.needs(Feature.SIZE)

    depths.request("one level too deep").is_refused(within(limits.answer))


@covers("refusal.has-its-code")
@each("wrong", [*NO_JSON, *NO_STATE, *NO_OBJECTS, *UNKNOWN_SECTIONS, *NULL_IN_ARRAYS], ids=_named)
def test_refusal_of_an_update_has_its_code(wrong_updates: ServiceEpisode, limits: Limits, wrong: WrongUpdate) -> None:
    wrong_updates.needs(Feature.REJECTION)
    wrong_updates.needs(Feature.CODE)
    with given("it is refused"):
        wrong_updates.request(wrong.name).is_refused(within(limits.answer))

    wrong_updates.request(wrong.name).is_refused(within(limits.answer), *wrong.codes)


@covers("refusal.has-its-code")
def test_refusal_of_what_is_too_large_has_its_code(sizes: ServiceEpisode, limits: Limits) -> None:
    sizes.needs(Feature.CODE)
    sizes.request("one byte too large").is_refused_or_shows_no(Feature.SIZE)
    with given("it is refused"):
        sizes.request("one byte too large").is_refused(within(limits.answer))

    sizes.request("one byte too large").is_refused(within(limits.answer), 413)


@covers("refusal.has-its-code")
def test_refusal_of_what_is_too_deep_has_its_code(depths: ServiceEpisode, limits: Limits) -> None:
    depths.needs(Feature.CODE)
    depths.request("one level too deep").is_refused_or_shows_no(Feature.SIZE)
    with given("it is refused"):
        depths.request("one level too deep").is_refused(within(limits.answer))

    depths.request("one level too deep").is_refused(within(limits.answer), 400)


@covers("refusal.says-why")
@throughout("wrong_updates", "questions")
def test_every_rejection_says_why(whole_run: ServiceRun, wrong_updates: ServiceEpisode) -> None:
    wrong_updates.needs(Feature.REJECTION)

    whole_run.refusals_say_why()


@covers("refusal.changes-nothing")
def test_document_is_the_same_after_updates_that_were_refused(wrong_updates: ServiceEpisode) -> None:
    wrong_updates.needs(Feature.REJECTION)
    before = wrong_updates.document("before the wrong updates")
    with given("there was a document before, and all were refused"):
        before.has("reported", {"lamp": "off"})
        wrong_updates.together(*(wrong.name for wrong in WRONG)).were_all_refused()

    wrong_updates.document("after the wrong updates").is_the_same_as(before)


@covers("refusal.changes-nothing")
@each("wrong", [NO_JSON[0], NO_STATE[0], NO_OBJECTS[0], UNKNOWN_SECTIONS[1], NULL_IN_ARRAYS[0]], ids=_named)
def test_update_that_was_refused_is_told_to_nobody(wrong_updates: ServiceEpisode, wrong: WrongUpdate) -> None:
    wrong_updates.needs(Feature.REJECTION)

    wrong_updates.request(wrong.name).leaves_no_trace()
