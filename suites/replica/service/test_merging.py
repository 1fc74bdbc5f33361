"""An update changes what it names, and null removes."""

from harness.protocols.replica.suite import Object, ServiceEpisode, covers, given

FAN: Object = {"speed": 1, "mode": {"day": False}}


@covers("merge.leaves-the-rest")
def test_update_of_a_field_inside_leaves_its_neighbours(partial_updates: ServiceEpisode) -> None:
    partial_updates.document("after one field inside").has(
        "desired", {"fan": {"speed": 5, "mode": "auto"}, "lamp": "on"}
    )


@covers("merge.leaves-the-rest")
def test_update_of_a_field_at_the_top_leaves_its_neighbours(partial_updates: ServiceEpisode) -> None:
    shown = partial_updates.document("after one field at the top")
    shown.has("reported", {"lamp": "on"})

    shown.has("desired", {"fan": {"speed": 5, "mode": "auto"}, "lamp": "off"})


@covers("merge.null-removes")
def test_null_removes_a_field_inside(removals: ServiceEpisode) -> None:
    removals.document("after null inside").has("desired", {"fan": FAN, "lamp": "on", "door": "shut"})


@covers("merge.null-removes")
def test_null_removes_a_field_at_the_top(removals: ServiceEpisode) -> None:
    shown = removals.document("after null at the top")
    shown.has("desired", {"fan": FAN, "door": "shut"})

    shown.has("reported", {"lamp": "off"})


@covers("merge.null-empties")
def test_null_removes_a_section_and_leaves_the_other(removals: ServiceEpisode) -> None:
    shown = removals.document("after null for a section")
    with given("the other section is there"):
        shown.has_at_least("reported", {"lamp": "off"})

    shown.has("desired", {})


@covers("merge.null-empties")
def test_null_for_the_state_removes_all(removals: ServiceEpisode) -> None:
    with given("something was there before"):
        removals.document("after null for a section").has_at_least("reported", {"lamp": "off"})

    shown = removals.document("after null for all")
    shown.is_there()
    shown.has("desired", {})
    shown.has("reported", {})
