"""The points that a device reports where the config leaves that open. Pointset message."""

from harness.protocols.udmi.suite import Episode, covers


@covers("config.without-pointset")
def test_state_where_the_config_has_no_pointset(quiet_config: Episode) -> None:
    quiet_config.sparse_config("no pointset").observes_the_pointset()


@covers("config.blocks-are-mirrored")
def test_blocks_of_a_config_and_of_its_answer(quiet_config: Episode) -> None:
    quiet_config.sparse_config("no pointset").observes_the_blocks()
