"""A record stays as it was written: over restarts, and beside others."""

from harness.protocols.replica.suite import Feature, Object, ReplicaId, ServiceEpisode, covers, each, given
from suites.replica.service.scenarios.documents import VALUES

ON: Object = {"light": "on"}


@covers("recording.survives-a-restart")
def test_document_and_version_survive_a_restart(restarted: ServiceEpisode) -> None:
    restarted.provocation("the restart")
    with given("there was a document before it"):
        restarted.document("before the restart").has("desired", {"lamp": "on", "fan": {"speed": 3}})

    restarted.document("after the restart").is_the_same_as(restarted.document("before the restart"))


@covers("recording.survives-a-restart")
def test_component_to_device_goes_on_over_restarts(component_to_device_over_restarts: ServiceEpisode) -> None:
    component_to_device_over_restarts.provocation("behind c2d 8")
    with given("the steps before were kept"):
        component_to_device_over_restarts.document("c2d 4, read back").has("delta", ON)

    component_to_device_over_restarts.document("c2d 9").has("reported", ON)


@covers("recording.survives-a-restart")
def test_device_to_component_goes_on_over_restarts(device_to_component_over_restarts: ServiceEpisode) -> None:
    device_to_component_over_restarts.provocation("behind d2c 5")

    device_to_component_over_restarts.document("d2c 4").has("reported", {"temperature": 21, "unit": "C"})


@covers("recording.devices-are-apart")
@each(("label", "mark"), [("longer, read back", "longer"), ("mine, read back", "mine")])
def test_devices_of_like_ids_have_documents_of_their_own(neighbours: ServiceEpisode, label: str, mark: str) -> None:
    neighbours.document(label).has("desired", {"mark": mark})


@covers("recording.devices-are-apart")
@each("label", ["longer", "upper"])
def test_device_hears_nothing_of_one_of_a_like_id(neighbours: ServiceEpisode, label: str) -> None:
    of: ReplicaId = neighbours.request(label).replica

    neighbours.tells_nobody_else("mine", of)


@covers("recording.writers-in-some-order")
def test_updates_of_two_writers_make_the_document_of_some_order(two_writers: ServiceEpisode) -> None:
    two_writers.needs(Feature.VERSION)
    two_writers.needs(Feature.TOKEN)

    two_writers.together("app-", "other-").make_in_some_order(two_writers.document("when all have written"))


@covers("recording.twice-is-once")
@each("section", ["desired", "reported", "delta"])
def test_update_that_comes_twice_makes_the_document_of_one(repeated_update: ServiceEpisode, section: str) -> None:
    once = repeated_update.document("after once")
    with given("the update was recorded"):
        once.has("reported", {"count": 4})

    repeated_update.document("after twice").has_as_in(once, section)


@covers("recording.difference-waits-for-the-device")
def test_device_that_was_away_finds_the_difference(asleep: ServiceEpisode) -> None:
    asleep.document("once it is back").has("delta", {"lamp": "on", "fan": 2})


@covers("recording.keeps-every-value")
def test_values_of_every_kind_come_back_as_they_were(values: ServiceEpisode) -> None:
    values.document("every value, read back").has("reported", VALUES)


@covers("recording.ignores-other-fields")
def test_fields_beside_the_state_are_not_recorded(partial_updates: ServiceEpisode) -> None:
    shown = partial_updates.document("after more beside the state")
    shown.has_at_least("reported", {"heard": 1})
    shown.lacks("desired", ("sky",))

    shown.lacks_beside_the_state("colour")
