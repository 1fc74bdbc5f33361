"""Every message has its topic. Message suffixes."""

from harness.protocols.udmi.suite import WholeRun, covers, throughout


@covers("message.topic-is-known")
def test_device_publishes_on_topics_that_udmi_knows(whole_run: WholeRun) -> None:
    whole_run.publications.are_on_known_topics()


@covers("connection.keeps-to-its-own-topics")
@throughout("plain_write", "many_points")
def test_device_publishes_on_no_topic_of_another(whole_run: WholeRun) -> None:
    whole_run.connection.publishes_as_itself()
